package io.fairlead.gateway.catalogue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The facts at the end of a line of the catalogue: {@code name=value} pairs with a space between.
 * The value of {@code modes}, which comes last, is JSON. Absent is unknown. Immutable.
 */
record Facts(Map<String, String> values) {
    static final Facts NONE = new Facts(Map.of());
    private static final String LAST = "modes=";

    static Facts parse(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        Map<String, String> values = new HashMap<>();
        int from = 0;
        while (from < text.length()) {
            int space = text.startsWith(LAST, from) ? -1 : text.indexOf(' ', from);
            int to = space < 0 ? text.length() : space;
            int equals = text.indexOf('=', from);
            if (equals < 0 || equals > to) {
                throw new IllegalArgumentException("fact: " + text + " (expected: name=value)");
            }
            values.put(text.substring(from, equals), text.substring(equals + 1, to));
            from = to + 1;
        }
        return new Facts(Map.copyOf(values));
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    Optional<Long> number(String name) {
        return text(name).map(Long::valueOf);
    }

    boolean flag(String name) {
        return "true".equals(values.get(name));
    }

    List<String> list(String name) {
        String value = values.get(name);
        return value == null ? List.of() : Splits.at(value, ',');
    }
}
