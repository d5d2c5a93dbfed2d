package io.fairlead.protocol.gemini.embed;

import io.fairlead.protocol.model.Beside;

import java.util.List;

/**
 * Contents to be embedded. Immutable.
 *
 * @param batch whether it is a batch, even of one
 */
public record EmbedRequest(String model, boolean batch, List<EmbedInput> inputs, Beside beside) {
    public EmbedRequest {
        inputs = List.copyOf(inputs);
    }
}
