package io.fairlead.protocol.adapt;

import java.util.List;
import java.util.Optional;

/**
 * What the catalogue knows of the model a request goes to, as far as its translation depends on it.
 * Absent is unknown: capabilities are then assumed. Immutable.
 *
 * @param id as the provider calls it
 * @param maxOutput most output tokens it can make
 * @param reasons whether it can think
 * @param efforts words for effort it takes; empty: unknown or none
 * @param budgetMin least budget of reasoning tokens it takes
 * @param budgetMax most budget of reasoning tokens it takes
 * @param structured whether it follows a JSON Schema by itself
 * @param thinksAlways whether it can't be kept from thinking
 * @param thinksUnasked whether it thinks when nothing is said of that
 * @param decides whether it can be told to think as much as it likes
 * @param sampled whether temperature and top_p can be set while it thinks
 */
public record ModelFacts(
        String id,
        Optional<Long> maxOutput,
        Optional<Boolean> reasons,
        List<String> efforts,
        Optional<Long> budgetMin,
        Optional<Long> budgetMax,
        Optional<Boolean> structured,
        Optional<Boolean> thinksAlways,
        Optional<Boolean> thinksUnasked,
        Optional<Boolean> decides,
        Optional<Boolean> sampled) {
    public ModelFacts {
        efforts = List.copyOf(efforts);
    }

    public static ModelFacts unknown(String id) {
        return new ModelFacts(
                id,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether a budget of reasoning tokens is among the words it takes. */
    boolean takesBudget() {
        return budgetMin.isPresent() || budgetMax.isPresent();
    }

    ModelFacts withEfforts(List<String> newEfforts) {
        return new ModelFacts(
                id,
                maxOutput,
                reasons,
                newEfforts,
                budgetMin,
                budgetMax,
                structured,
                thinksAlways,
                thinksUnasked,
                decides,
                sampled);
    }
}
