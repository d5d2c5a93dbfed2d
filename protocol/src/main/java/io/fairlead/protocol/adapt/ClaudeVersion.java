package io.fairlead.protocol.adapt;

/**
 * The generation of a Claude model, read from its name as any provider writes it. What changed with
 * a generation is known of all models of it. Stateless: any thread.
 */
public final class ClaudeVersion {
    /** No Claude model, or none whose name says it: it is taken to have every capability. */
    public static final int UNKNOWN = -1;

    private ClaudeVersion() {}

    /** 405 for {@code claude-sonnet-4-5-20250929}, 300 for {@code claude-3-haiku}. */
    public static int of(String model) {
        int at = model.indexOf("claude");
        if (at < 0) {
            return UNKNOWN;
        }
        int major = -1;
        int i = at + "claude".length();
        while (i < model.length()) {
            if (!isDigit(model.charAt(i))) {
                i++;
                continue;
            }
            int end = i;
            while (end < model.length() && isDigit(model.charAt(end))) {
                end++;
            }
            // Longer numbers are dates.
            int number = end - i > 2 ? -1 : Integer.parseInt(model.substring(i, end));
            if (major >= 0) {
                return major * 100 + Math.max(number, 0);
            }
            if (number < 0) {
                return UNKNOWN;
            }
            major = number;
            i = end;
            if (i < model.length() && model.charAt(i) != '-' && model.charAt(i) != '.') {
                break;
            }
        }
        return major < 0 ? UNKNOWN : major * 100;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
