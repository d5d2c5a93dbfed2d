package io.fairlead.protocol.bedrock;

import static io.fairlead.protocol.bedrock.ConverseRewrites.byFamily;
import static io.fairlead.protocol.bedrock.ConverseRewrites.same;

import io.fairlead.protocol.adapt.EffortRewrites;
import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.Removals;
import io.fairlead.protocol.adapt.SealRewrites;
import io.fairlead.protocol.adapt.ThinkingStyle;
import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Thinking.Mode;

import java.util.Optional;

/**
 * How much to think, and what was thought, as the model's maker takes it. Stateless: any thread.
 */
final class ThinkingRewrites {
    private ThinkingRewrites() {}

    private static Rewrite noThinking() {
        return (request, model) -> request.withThinking(Optional.empty());
    }

    static Rewrite effort() {
        Rewrite word = EffortRewrites.effortAsWord();
        return byFamily(
                EffortRewrites.effortForModel(ThinkingStyle.CLAUDE),
                novaEffort(),
                word,
                noThinking());
    }

    /** Nova knows three words, and must be told that it is to think. */
    private static Rewrite novaEffort() {
        return (request, model) -> {
            Optional<Thinking> thinking = request.thinking().map(ThinkingRewrites::nova);
            return thinking.equals(request.thinking()) ? request : request.withThinking(thinking);
        };
    }

    private static Thinking nova(Thinking thinking) {
        return switch (thinking.effort().orElse("")) {
            case "none" -> thinking.withMode(Mode.OFF).withEffort(Optional.empty());
            case "minimal", "low" -> thinking.withMode(Mode.ON).withEffort(Optional.of("low"));
            case "medium" -> thinking.withMode(Mode.ON);
            default -> thinking.withMode(Mode.ON).withEffort(Optional.of("high"));
        };
    }

    static Rewrite budget() {
        Rewrite word = EffortRewrites.budgetAsEffort();
        Rewrite novaWord =
                (request, model) -> novaEffort().apply(word.apply(request, model), model);
        return byFamily(
                EffortRewrites.budgetForModel(ThinkingStyle.CLAUDE), novaWord, word, noThinking());
    }

    static Rewrite off() {
        return byFamily(
                EffortRewrites.offForModel(ThinkingStyle.CLAUDE),
                same(),
                noThinking(),
                noThinking());
    }

    static Rewrite adaptive() {
        Rewrite byDefault = EffortRewrites.adaptiveAsDefault();
        Rewrite on =
                (request, model) ->
                        request.withThinking(request.thinking().map(t -> t.withMode(Mode.ON)));
        return byFamily(
                EffortRewrites.adaptiveForModel(ThinkingStyle.CLAUDE), on, byDefault, noThinking());
    }

    /** Claude takes only thoughts with its signature. */
    static Rewrite thoughts() {
        return byFamily(
                SealRewrites.sealedBy(Seal.ANTHROPIC),
                SealRewrites.none(),
                SealRewrites.none(),
                Removals.of(Feature.REASONING_HISTORY));
    }

    static Rewrite seals() {
        return byFamily(
                SealRewrites.onlyOf(Seal.ANTHROPIC),
                SealRewrites.none(),
                SealRewrites.none(),
                SealRewrites.none());
    }
}
