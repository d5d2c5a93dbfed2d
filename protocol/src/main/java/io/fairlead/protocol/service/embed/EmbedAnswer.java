package io.fairlead.protocol.service.embed;

import io.fairlead.protocol.model.Beside;

import java.util.List;
import java.util.Optional;

/**
 * Vectors. Immutable.
 *
 * @param embeddings in the order of the inputs
 * @param tokens that were read; empty: the provider does not say
 * @param model as the provider calls it; empty: it does not say
 */
public record EmbedAnswer(
        List<Embedding> embeddings, Optional<Long> tokens, Optional<String> model, Beside beside) {
    /** One of them. */
    public record Embedding(Vector vector, Beside beside) {
        static Embedding of(Vector vector) {
            return new Embedding(vector, Beside.NONE);
        }
    }

    public EmbedAnswer {
        embeddings = List.copyOf(embeddings);
    }

    static EmbedAnswer of(List<Embedding> embeddings, Optional<Long> tokens) {
        return new EmbedAnswer(embeddings, tokens, Optional.empty(), Beside.NONE);
    }
}
