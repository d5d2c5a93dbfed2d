package io.fairlead.gateway.config;

import java.util.Map;
import java.util.Optional;

/**
 * A key that is part of the language but not of this version. It is refused, because a rule that is
 * silently ignored is worse than none. Immutable.
 *
 * @param what what is not available
 */
record LaterKind(String what) implements Kind<Boolean> {
    @Override
    public Optional<Boolean> read(Node node, String path, Reading in) {
        in.problem(node.at(), path, what, expected());
        return Optional.empty();
    }

    @Override
    public String expected() {
        return "nothing: not available in this version";
    }

    @Override
    public String label() {
        return "not available in this version";
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return Map.of("not", Map.of());
    }
}
