package io.fairlead.gateway.catalogue;

import java.util.ArrayList;
import java.util.List;

/** Splitting of the catalogue's lines, without regular expressions. Stateless. */
final class Splits {
    private Splits() {}

    /** The parts between separators; an empty text has no parts. */
    static List<String> at(String text, char separator) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> parts = new ArrayList<>(4);
        int from = 0;
        for (int to = text.indexOf(separator); to >= 0; to = text.indexOf(separator, from)) {
            parts.add(text.substring(from, to));
            from = to + 1;
        }
        parts.add(text.substring(from));
        return parts;
    }
}
