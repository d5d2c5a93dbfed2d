package io.fairlead.protocol.adapt;

import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Identity;
import io.fairlead.protocol.model.Sampling;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Thinking.Mode;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/**
 * Leaves out what the model itself is known not to do, whichever protocol it is told in: providers
 * answer such requests with an error. Stateless: any thread.
 */
final class ModelLimits {
    private ModelLimits() {}

    /**
     * @param dropped gets what was left out
     */
    static ChatRequest within(ChatRequest request, ModelFacts model, Set<Feature> dropped) {
        ChatRequest now = request;
        if (!model.reasons().orElse(true) && now.thinking().isPresent()) {
            now = unthinking(now, now.thinking().get(), dropped);
        }
        return model.sampled().orElse(true) || !mayThink(now, model) ? now : unset(now, dropped);
    }

    private static ChatRequest unthinking(
            ChatRequest request, Thinking thinking, Set<Feature> dropped) {
        if (thinking.budget().isPresent()) {
            dropped.add(Feature.REASONING_BUDGET);
        } else if (thinking.mode() == Mode.ADAPTIVE) {
            dropped.add(Feature.REASONING_ADAPTIVE);
        } else if (thinking.mode() != Mode.OFF
                && (thinking.mode() == Mode.ON || thinking.effort().isPresent())) {
            dropped.add(Feature.REASONING_EFFORT);
        }
        return request.withThinking(Optional.empty());
    }

    /** Whether the model will think, or could: one that can be silenced and is will not. */
    private static boolean mayThink(ChatRequest request, ModelFacts model) {
        if (!model.efforts().contains(EffortBudget.NONE)) {
            return true;
        }
        Optional<Thinking> thinking = request.thinking();
        if (thinking.isEmpty() || saysNothing(thinking.get())) {
            return model.thinksUnasked().orElse(true);
        }
        return thinking.get().mode() != Mode.OFF
                && !thinking.get().effort().equals(Optional.of(EffortBudget.NONE));
    }

    private static boolean saysNothing(Thinking thinking) {
        return thinking.mode() == Mode.DEFAULT
                && thinking.effort().isEmpty()
                && thinking.budget().isEmpty();
    }

    private static ChatRequest unset(ChatRequest request, Set<Feature> dropped) {
        Sampling sampling = request.sampling();
        if (set(sampling.temperature())) {
            dropped.add(Feature.TEMPERATURE);
            sampling = sampling.withTemperature(Optional.empty());
        }
        if (set(sampling.topP())) {
            dropped.add(Feature.TOP_P);
            sampling = sampling.withTopP(Optional.empty());
        }
        return Identity.same(sampling, request.sampling())
                ? request
                : request.withSampling(sampling);
    }

    /** 1 is what it is anyway, and may be said. */
    private static boolean set(Optional<BigDecimal> value) {
        return value.isPresent() && value.get().compareTo(BigDecimal.ONE) != 0;
    }
}
