package io.fairlead.protocol.service.rerank;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;

import java.util.List;
import java.util.Optional;

/**
 * Documents, the most relevant first. Immutable.
 *
 * @param model as the provider calls it; empty: it does not say
 * @param tokens that were read; empty: the provider does not say, or counts otherwise
 * @param units as which the provider bills it; empty: it does not say
 */
public record RankAnswer(
        List<Ranked> results,
        Optional<String> model,
        Optional<Long> tokens,
        Optional<Long> units,
        Beside beside) {
    /**
     * One of them.
     *
     * @param index among the documents of the request
     * @param score a number
     */
    public record Ranked(int index, Json score, Beside beside) {}

    public RankAnswer {
        results = List.copyOf(results);
    }
}
