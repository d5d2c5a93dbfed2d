package io.fairlead.gateway.config;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts environment variables into text: <code>${NAME}</code>, or <code>${NAME:-default}</code> for
 * one that may be missing or empty; <code>$${</code> stands for a plain <code>${</code>. Stateless.
 */
final class Substitution {
    private Substitution() {}

    /**
     * The text with all variables put in, or empty if one could not be.
     *
     * @param problem takes what is wrong, in words that follow "found"
     */
    static Optional<String> apply(
            String text, Map<String, String> environment, Consumer<String> problem) {
        int next = text.indexOf("${");
        if (next < 0) {
            return Optional.of(text);
        }
        StringBuilder out = new StringBuilder();
        boolean good = true;
        int done = 0;
        while (next >= 0) {
            if (next > done && text.charAt(next - 1) == '$') {
                out.append(text, done, next - 1).append("${");
                done = next + 2;
            } else {
                out.append(text, done, next);
                int end = text.indexOf('}', next);
                if (end < 0) {
                    problem.accept("\"${\" without \"}\"");
                    return Optional.empty();
                }
                good &= put(text.substring(next + 2, end), environment, out, problem);
                done = end + 1;
            }
            next = text.indexOf("${", done);
        }
        out.append(text, done, text.length());
        return good ? Optional.of(out.toString()) : Optional.empty();
    }

    private static boolean put(
            String inner,
            Map<String, String> environment,
            StringBuilder out,
            Consumer<String> problem) {
        int split = inner.indexOf(":-");
        String name = split < 0 ? inner : inner.substring(0, split);
        if (!isName(name)) {
            problem.accept(Node.quote("${" + inner + "}") + ", which names no variable");
            return false;
        }
        String value = environment.getOrDefault(name, "");
        if (!value.isEmpty()) {
            out.append(value);
        } else if (split >= 0) {
            out.append(inner, split + 2, inner.length());
        } else {
            problem.accept(
                    "${"
                            + name
                            + "}, but the environment variable "
                            + name
                            + (environment.containsKey(name) ? " is empty" : " is not set"));
            return false;
        }
        return true;
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
