package io.fairlead.protocol.schema;

import io.fairlead.protocol.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** Finds what the references within one schema point to. Immutable. */
record SchemaReferences(Json root) {
    /** The references that were followed to get to a place. Immutable. */
    record Trail(String reference, @Nullable Trail before) {
        static boolean has(@Nullable Trail trail, String reference) {
            for (Trail t = trail; t != null; t = t.before()) {
                if (t.reference().equals(reference)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final String DEFS = "#/$defs/";
    private static final String DEFINITIONS = "#/definitions/";

    /** What a reference into this schema points to; empty: to nothing, or out of it. */
    Optional<Json> target(String reference) {
        if (!reference.startsWith("#")) {
            return Optional.empty();
        }
        Optional<Json> at = Optional.of(root);
        int from = 1;
        while (from < reference.length() && at.isPresent()) {
            if (reference.charAt(from) != '/') {
                return Optional.empty();
            }
            int slash = reference.indexOf('/', from + 1);
            int to = slash < 0 ? reference.length() : slash;
            at = step(at.get(), reference.substring(from + 1, to));
            from = to;
        }
        return at;
    }

    private static Optional<Json> step(Json at, String escaped) {
        String name = escaped.replace("~1", "/").replace("~0", "~");
        if (!at.isArray()) {
            return at.get(name);
        }
        try {
            return Optional.of(at.elements().get(Integer.parseInt(name)));
        } catch (NumberFormatException | IndexOutOfBoundsException nowhere) {
            return Optional.empty();
        }
    }

    /** The name of the definition that a reference points to, if it points to one. */
    static Optional<String> definition(String reference) {
        for (String folder : new String[] {DEFS, DEFINITIONS}) {
            if (reference.startsWith(folder) && reference.indexOf('/', folder.length()) < 0) {
                return Optional.of(reference.substring(folder.length()));
            }
        }
        return Optional.empty();
    }
}
