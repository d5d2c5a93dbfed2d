package io.fairlead.protocol.schema;

import io.fairlead.protocol.json.Json;

import java.util.List;

/**
 * A schema in a dialect. Immutable.
 *
 * @param schema the very value that was given, if the dialect takes it as it is
 * @param lost what the dialect has no words for, as {@code $.properties.age: maximum}; it stands in
 *     the description instead, for the model to read
 */
public record Converted(Json schema, List<String> lost) {
    public Converted {
        lost = List.copyOf(lost);
    }

    /**
     * Whether what follows this schema follows the given one: nothing was lost. A dialect may close
     * objects that were open, for a model has nothing to say in members nobody told it of.
     */
    public boolean exact() {
        return lost.isEmpty();
    }
}
