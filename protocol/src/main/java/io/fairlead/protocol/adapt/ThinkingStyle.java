package io.fairlead.protocol.adapt;

import java.util.List;

/**
 * How the models of one owner are told how much to think, where some take words and some a budget.
 * Immutable.
 *
 * @param leastBudget no model takes less
 * @param mostBudget no model takes more
 * @param insideMaxTokens whether the limit of output tokens must be above the budget
 * @param adaptive whether models that take words must be told besides that they think
 * @param unknownTakesBudget whether a model of which nothing is known is given a budget; else it is
 *     given what the client said
 */
public record ThinkingStyle(
        long leastBudget,
        long mostBudget,
        boolean insideMaxTokens,
        boolean adaptive,
        boolean unknownTakesBudget) {
    /**
     * Claude, at Anthropic, Bedrock and Vertex: {@code budget_tokens} up to the models of early
     * 2026, from then on {@code adaptive} with a word for effort.
     */
    public static final ThinkingStyle CLAUDE = new ThinkingStyle(1024, 128_000, true, true, true);

    /** Gemini: {@code thinkingBudget} up to 2.5, {@code thinkingLevel} from 3 on. */
    public static final ThinkingStyle GEMINI = new ThinkingStyle(1, 32_768, false, false, false);

    /** From here on Claude takes words only, and decides by itself how much it thinks. */
    private static final int CLAUDE_IN_WORDS = 407;

    private static final List<String> CLAUDE_WORDS =
            List.of("low", "medium", "high", "xhigh", "max");

    /** What is known of a model; of one that is too new for the catalogue, by its generation. */
    ModelFacts known(ModelFacts model) {
        return adaptive
                        && model.efforts().isEmpty()
                        && !model.takesBudget()
                        && ClaudeVersion.of(model.id()) >= CLAUDE_IN_WORDS
                ? model.withEfforts(CLAUDE_WORDS)
                : model;
    }

    boolean takesBudget(ModelFacts model) {
        return model.takesBudget() || model.efforts().isEmpty() && unknownTakesBudget;
    }

    boolean takesWords(ModelFacts model) {
        return !model.efforts().isEmpty();
    }
}
