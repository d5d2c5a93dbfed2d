package io.fairlead.simulator.openai;

/**
 * The size and pace of a model's answers: the wait before the first token and before each further
 * one, how many tokens an answer has where the model may choose, how many of them an event carries,
 * and the seed of everything random. Immutable.
 */
public record Load(
        Latency firstToken, Latency perToken, int answerTokens, int tokensPerEvent, long seed) {
    private static final int MAX_TOKENS = 100_000;

    public Load {
        if (answerTokens < 0 || answerTokens > MAX_TOKENS || tokensPerEvent < 1) {
            throw new IllegalArgumentException(
                    "tokens: "
                            + answerTokens
                            + " (expected: 0 to "
                            + MAX_TOKENS
                            + "), per event: "
                            + tokensPerEvent);
        }
    }

    /** At once, a hundred tokens, one an event. */
    public static Load instant() {
        return new Load(Latency.NONE, Latency.NONE, 100, 1, 1);
    }

    public Load withTokens(int tokens) {
        return new Load(firstToken, perToken, Math.min(tokens, MAX_TOKENS), tokensPerEvent, seed);
    }

    public Load withPace(Latency newFirstToken, Latency newPerToken) {
        return new Load(newFirstToken, newPerToken, answerTokens, tokensPerEvent, seed);
    }
}
