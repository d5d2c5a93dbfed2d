package io.fairlead.protocol.gemini.embed;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;

import java.util.List;

/**
 * Vectors. Immutable.
 *
 * @param batch whether it answers a batch
 * @param vectors arrays of numbers, in the order of the inputs
 * @param inputTokens 0 where the answer does not say
 */
public record EmbedAnswer(boolean batch, List<Json> vectors, long inputTokens, Beside beside) {
    public EmbedAnswer {
        vectors = List.copyOf(vectors);
    }
}
