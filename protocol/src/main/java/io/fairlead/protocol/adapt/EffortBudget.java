package io.fairlead.protocol.adapt;

import java.util.List;
import java.util.Optional;

/**
 * What a word for effort is worth in tokens, and the other way round: each word is a share of the
 * tokens that the answer may have, in the ratios that OpenRouter publishes ({@code xhigh} 95 %,
 * {@code high} 80 %, {@code medium} 50 %, {@code low} 20 %, {@code minimal} 10 %). Stateless: any
 * thread.
 */
public final class EffortBudget {
    /** What effort is called where the model shall not think at all. */
    public static final String NONE = "none";

    /** What half of the tokens is called, and what is meant where nothing is said. */
    public static final String MEDIUM = "medium";

    /** The share is of so many tokens where neither request nor model says how many there are. */
    private static final long TOKENS_IF_UNKNOWN = 32_000;

    /** No model writes more; keeps products of hostile numbers in range. */
    private static final long MOST_TOKENS = 100_000_000;

    /** Weakest first. */
    private enum Word {
        NONE("none", 0),
        MINIMAL("minimal", 10),
        LOW("low", 20),
        MEDIUM("medium", 50),
        HIGH("high", 80),
        XHIGH("xhigh", 95),
        MAX("max", 100);

        private final String text;
        private final int percent;

        Word(String text, int percent) {
            this.text = text;
            this.percent = percent;
        }

        static Optional<Word> of(String text) {
            for (Word word : values()) {
                if (word.text.equalsIgnoreCase(text)) {
                    return Optional.of(word);
                }
            }
            return Optional.empty();
        }
    }

    private EffortBudget() {}

    /**
     * The budget a word stands for. Most effort is the same as {@code xhigh}: what is asked for as
     * budget must leave room for an answer. A word nobody knows counts as {@code medium}.
     *
     * @param maxTokens of the request
     */
    public static long budget(
            String effort, Optional<Long> maxTokens, ModelFacts model, ThinkingStyle style) {
        Word word = Word.of(effort).orElse(Word.MEDIUM);
        int percent = Math.min(word.percent, Word.XHIGH.percent);
        return within(tokens(maxTokens, model) * percent / 100, model, style);
    }

    /** The nearest budget that model and protocol take. */
    public static long within(long budget, ModelFacts model, ThinkingStyle style) {
        long most = Math.min(model.budgetMax().orElse(style.mostBudget()), style.mostBudget());
        long least = Math.max(model.budgetMin().orElse(0L), style.leastBudget());
        return Math.max(Math.min(budget, most), least);
    }

    /** The word whose share is nearest to that of the budget, among those the model takes. */
    public static String effort(long budget, Optional<Long> maxTokens, ModelFacts model) {
        long percent = Math.clamp(budget, 0, MOST_TOKENS) * 100 / tokens(maxTokens, model);
        Word nearest = Word.MINIMAL;
        for (Word word : Word.values()) {
            // A budget of almost all is the strongest word that leaves room for an answer.
            if (word != Word.NONE
                    && word != Word.MAX
                    && Math.abs(word.percent - percent) < Math.abs(nearest.percent - percent)) {
                nearest = word;
            }
        }
        return budget <= 0 ? NONE : nearest(nearest.text, model.efforts());
    }

    private static long tokens(Optional<Long> maxTokens, ModelFacts model) {
        return Math.clamp(
                maxTokens.or(model::budgetMax).or(model::maxOutput).orElse(TOKENS_IF_UNKNOWN),
                1,
                MOST_TOKENS);
    }

    /**
     * The word that means most nearly the same among those that are taken; of two as near the
     * weaker one, but never {@code none} for a word that means to think, unless there is no other:
     * a word that is nobody else's, such as {@code default} of Groq's, then means to think. The
     * word itself if nothing is known of what is taken, or of it.
     */
    public static String nearest(String effort, List<String> taken) {
        Optional<Word> wanted = Word.of(effort);
        if (taken.isEmpty() || taken.contains(effort) || wanted.isEmpty()) {
            return effort;
        }
        String nearest = effort;
        int distance = Integer.MAX_VALUE;
        for (Word word : Word.values()) {
            if (!taken.contains(word.text)) {
                continue;
            }
            boolean silences = word == Word.NONE && wanted.get() != Word.NONE;
            int its = silences ? 1000 : Math.abs(word.ordinal() - wanted.get().ordinal());
            if (its < distance) {
                distance = its;
                nearest = word.text;
            }
        }
        return nearest.equals(NONE) && wanted.get() != Word.NONE ? ownWord(taken) : nearest;
    }

    private static String ownWord(List<String> taken) {
        for (String word : taken) {
            if (Word.of(word).isEmpty()) {
                return word;
            }
        }
        return NONE;
    }
}
