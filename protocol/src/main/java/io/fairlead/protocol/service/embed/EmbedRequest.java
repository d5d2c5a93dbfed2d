package io.fairlead.protocol.service.embed;

import io.fairlead.protocol.model.Beside;

import java.util.List;
import java.util.Optional;

/**
 * Things to be embedded. Immutable.
 *
 * @param single whether it was one, and no list of one
 * @param base64 whether the vectors are wanted packed, or as numbers; empty: not said
 * @param words how the client says it
 */
public record EmbedRequest(
        List<EmbedInput> inputs,
        boolean single,
        Optional<Boolean> base64,
        Optional<Truncation> truncation,
        Beside beside,
        Words words) {
    public EmbedRequest {
        inputs = List.copyOf(inputs);
    }

    EmbedRequest withInputs(List<EmbedInput> others) {
        return new EmbedRequest(others, single, base64, truncation, beside, words);
    }
}
