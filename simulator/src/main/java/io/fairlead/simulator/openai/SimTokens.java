package io.fairlead.simulator.openai;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokenizer of simulated models, simple enough to be done by hand: up to four letters or
 * digits, with the one space before them, are a token; any other character is a token by itself,
 * white space too. The tokens put together are the text. Stateless.
 */
public final class SimTokens {
    private static final int MAX_LETTERS = 4;

    private SimTokens() {}

    /** How many tokens a text has. */
    public static int count(CharSequence text) {
        int tokens = 0;
        for (int at = 0; at < text.length(); at = next(text, at)) {
            tokens++;
        }
        return tokens;
    }

    /** The tokens of a text. */
    public static List<String> split(String text) {
        List<String> tokens = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = next(text, at);
            tokens.add(text.substring(at, end));
            at = end;
        }
        return tokens;
    }

    /** At most the first {@code max} tokens of a text. */
    static String first(String text, int max) {
        int at = 0;
        for (int tokens = 0; tokens < max && at < text.length(); tokens++) {
            at = next(text, at);
        }
        return text.substring(0, at);
    }

    private static int next(CharSequence text, int start) {
        int at = start;
        if (text.charAt(at) == ' '
                && at + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(at + 1))) {
            at++;
        }
        if (!Character.isLetterOrDigit(text.charAt(at))) {
            boolean pair =
                    Character.isHighSurrogate(text.charAt(at))
                            && at + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(at + 1));
            return at + (pair ? 2 : 1);
        }
        int end = Math.min(text.length(), at + MAX_LETTERS);
        while (at < end && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
