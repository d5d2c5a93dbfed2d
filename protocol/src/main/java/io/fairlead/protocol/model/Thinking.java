package io.fairlead.protocol.model;

import java.util.Optional;

/**
 * How much the model shall think before it speaks. Immutable.
 *
 * @param mode whether it thinks at all
 * @param effort {@code minimal}, {@code low}, {@code medium}, {@code high}, {@code xhigh}, {@code
 *     max}, in the words of the request
 * @param budget at most this many tokens of reasoning
 * @param summary how its thoughts shall be told: {@code auto}, {@code concise}, {@code detailed}
 * @param shown whether its thoughts shall be in the answer; empty: the protocol's default
 */
public record Thinking(
        Mode mode,
        Optional<String> effort,
        Optional<Long> budget,
        Optional<String> summary,
        Optional<Boolean> shown,
        Beside beside) {
    /** Whether the model thinks. */
    public enum Mode {
        /** Not said: the model's default, with the effort or budget that is given. */
        DEFAULT,
        /** It thinks. */
        ON,
        /** It does not. */
        OFF,
        /** It decides by itself how much ({@code adaptive}; a budget of -1 at Google). */
        ADAPTIVE
    }

    public static Thinking ofEffort(String effort) {
        return new Thinking(
                Mode.DEFAULT,
                Optional.of(effort),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Beside.NONE);
    }

    public Thinking withMode(Mode newMode) {
        return new Thinking(newMode, effort, budget, summary, shown, beside);
    }

    public Thinking withEffort(Optional<String> newEffort) {
        return new Thinking(mode, newEffort, budget, summary, shown, beside);
    }

    public Thinking withBudget(Optional<Long> newBudget) {
        return new Thinking(mode, effort, newBudget, summary, shown, beside);
    }

    public Thinking withSummary(Optional<String> newSummary) {
        return new Thinking(mode, effort, budget, newSummary, shown, beside);
    }

    public Thinking withShown(Optional<Boolean> newShown) {
        return new Thinking(mode, effort, budget, summary, newShown, beside);
    }
}
