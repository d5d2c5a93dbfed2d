package io.fairlead.protocol.adapt;

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

    boolean takesBudget(ModelFacts model) {
        if (model.budgetMin().isPresent() || model.budgetMax().isPresent()) {
            return true;
        }
        return model.efforts().isEmpty() && unknownTakesBudget;
    }

    boolean takesWords(ModelFacts model) {
        return !model.efforts().isEmpty();
    }
}
