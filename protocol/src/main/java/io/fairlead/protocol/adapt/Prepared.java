package io.fairlead.protocol.adapt;

import io.fairlead.protocol.model.ChatRequest;

import java.util.List;
import java.util.Set;

/**
 * A request that a protocol has words for. Immutable; its answer rewrites serve one answer each.
 *
 * @param emulated features for which other words stand now
 * @param dropped features that were left out
 * @param answerRewrites to be done to the answer, in this order
 */
public record Prepared(
        ChatRequest request,
        Set<Feature> emulated,
        Set<Feature> dropped,
        List<AnswerRewrite> answerRewrites) {
    public Prepared {
        emulated = Set.copyOf(emulated);
        dropped = Set.copyOf(dropped);
        answerRewrites = List.copyOf(answerRewrites);
    }
}
