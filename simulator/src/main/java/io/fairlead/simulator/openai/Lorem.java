package io.fairlead.simulator.openai;

import java.util.List;

/** Filler text, always the same. Stateless. */
final class Lorem {
    private static final List<String> TOKENS =
            SimTokens.split(
                    " lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod"
                        + " tempor incididunt ut labore et dolore magna aliqua. ut enim ad minim"
                        + " veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea"
                        + " commodo consequat. duis aute irure dolor in reprehenderit in voluptate"
                        + " velit esse cillum dolore eu fugiat nulla pariatur.");

    private Lorem() {}

    /** A text of so many tokens. */
    static String text(int tokens) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens; i++) {
            String token = TOKENS.get(i % TOKENS.size());
            text.append(i == 0 ? token.strip() : token);
        }
        return text.toString();
    }
}
