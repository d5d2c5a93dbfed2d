package io.fairlead.gateway.config;

import java.util.List;
import java.util.Optional;

/** A piece of a configuration file and where it stands. Immutable. */
sealed interface Node {
    Position at();

    /** Line and column, both from 1. */
    record Position(int line, int column) {
        static final Position START = new Position(1, 1);

        /** Not in a file. */
        static final Position NOWHERE = new Position(0, 0);
    }

    /**
     * Text that is not yet anything else.
     *
     * @param raw as it stands in the file: safe to show unless it is a secret
     * @param text with variables put in: never shown
     * @param plain whether it stands there without quotes
     * @param usable whether all variables could be put in; if not, that is a problem already
     */
    record Scalar(Position at, String raw, String text, boolean plain, boolean usable)
            implements Node {
        boolean substituted() {
            return !raw.equals(text);
        }
    }

    record Sequence(Position at, List<Node> items) implements Node {}

    record Mapping(Position at, List<Entry> entries) implements Node {
        Optional<Entry> find(String key) {
            for (Entry entry : entries) {
                if (entry.key().text().equals(key)) {
                    return Optional.of(entry);
                }
            }
            return Optional.empty();
        }
    }

    /** One line of a mapping. */
    record Entry(Scalar key, Node value) {}

    /** Nothing is there: as if the key had not been written. */
    default boolean isNothing() {
        return this instanceof Scalar s
                && ((s.plain()
                                && (s.text().isEmpty()
                                        || s.text().equals("~")
                                        || s.text().equals("null")))
                        || (s.usable() && s.substituted() && s.text().isEmpty()));
    }

    /** What problems call it; must not be asked of secrets. */
    default String describe() {
        return switch (this) {
            case Mapping _ -> "a mapping";
            case Sequence _ -> "a list";
            case Scalar s when isNothing() -> "nothing";
            case Scalar s -> quote(s.raw());
        };
    }

    /** {@code text} in quotes, cut when it is long, on one line. */
    static String quote(String text) {
        return '"' + onOneLine(text, 60) + '"';
    }

    /** {@code text} without control characters, cut when it is long. */
    static String onOneLine(String text, int most) {
        StringBuilder line = new StringBuilder();
        int end = Math.min(text.length(), most);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean plain =
                    !Character.isISOControl(c)
                            && !Character.isSurrogate(c)
                            && c != '\u2028'
                            && c != '\u2029';
            line.append(plain ? c : '?');
        }
        return line.append(end < text.length() ? "…" : "").toString();
    }
}
