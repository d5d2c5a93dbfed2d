package io.fairlead.gateway.telemetry;

/**
 * Makes text that came from outside safe for one line of a log: control characters, line breaks and
 * invisible direction marks can neither end a line nor disguise it. Stateless.
 */
final class LogText {
    private LogText() {}

    /** {@code text} with at most {@code most} characters, fit for a log line. */
    static String clean(String text, int most) {
        if (text.length() <= most && isClean(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(Math.min(text.length(), most) + 8);
        appendClean(out, text, most);
        return out.toString();
    }

    /** Appends {@code text}, cut at {@code most} characters, fit for a log line. */
    static void appendClean(StringBuilder out, String text, int most) {
        int end = Math.min(text.length(), most);
        if (end == text.length() && isClean(text)) {
            out.append(text);
            return;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            out.append(harmless(c) ? c : '\uFFFD');
        }
        if (end < text.length()) {
            out.append('…');
        }
    }

    /**
     * Whether {@code text} is one word of printable ASCII, without quotes and backslashes: it needs
     * neither quoting nor escaping.
     */
    static boolean isWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '"' || c == '\\') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 2_000;
    }

    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!harmless(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code c} may stand in a log line as it is. */
    static boolean harmless(char c) {
        if (c < 0x7F) {
            return c >= 0x20;
        }
        // C1 controls, line and paragraph separators, direction marks, byte order mark
        return c > 0x9F
                && !(c >= 0x200B && c <= 0x200F)
                && !(c >= 0x2028 && c <= 0x202E)
                && !(c >= 0x2066 && c <= 0x2069)
                && c != 0xFEFF;
    }
}
