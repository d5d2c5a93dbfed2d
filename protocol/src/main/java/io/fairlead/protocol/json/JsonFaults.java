package io.fairlead.protocol.json;

/** Says what is wrong with a text that is not JSON, and where. Stateless: any thread. */
final class JsonFaults {
    private JsonFaults() {}

    /**
     * What is wrong with a string, number or word that {@link JsonTokens} does not take.
     *
     * @param from where the text begins, from which places are counted
     * @param start its first byte
     */
    static MalformedJson ofScalar(byte[] bytes, int from, int start, int to) {
        return switch (bytes[start]) {
            case '"' -> ofString(bytes, from, start, to);
            case 't' -> unexpected(bytes, from, start, to, "true");
            case 'f' -> unexpected(bytes, from, start, to, "false");
            case 'n' -> unexpected(bytes, from, start, to, "null");
            default -> unexpected(bytes, from, endOfDigits(bytes, start, to), to, "a digit");
        };
    }

    private static MalformedJson ofString(byte[] bytes, int from, int start, int to) {
        int at = JsonTokens.endOfPlain(bytes, start + 1, to);
        while (at < to && bytes[at] == '\\') {
            int behind = at + 1 < to ? bytes[at + 1] : 0;
            if (behind == 'u') {
                for (int i = at + 2; i < at + 6; i++) {
                    if (i >= to || Character.digit(bytes[i], 16) < 0) {
                        return unexpected(bytes, from, i, to, "four hexadecimal digits");
                    }
                }
                at += 6;
            } else if ("\"\\/bfnrt".indexOf(behind) < 0) {
                return unexpected(bytes, from, at + 1, to, "one of \"\\/bfnrtu behind a backslash");
            } else {
                at += 2;
            }
            at = JsonTokens.endOfPlain(bytes, at, to);
        }
        return unexpected(
                bytes,
                from,
                at,
                to,
                at >= to
                        ? "the closing '\"' of a string"
                        : "an escape instead of this control character");
    }

    /** Where a digit is missing in a number: behind its sign, its point or its exponent's sign. */
    private static int endOfDigits(byte[] bytes, int start, int to) {
        int at = start;
        while (at < to && isOfNumber(bytes[at])) {
            at++;
            if (at < to && bytes[at - 1] == '.' && (bytes[at] < '0' || bytes[at] > '9')) {
                return at;
            }
        }
        return at;
    }

    private static boolean isOfNumber(byte b) {
        return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || (b | 0x20) == 'e';
    }

    /** Something else stands at {@code at} than what is expected there, or nothing. */
    static MalformedJson unexpected(byte[] bytes, int from, int at, int to, String expected) {
        int position = Math.min(at, to) - from;
        if (at >= to) {
            return new MalformedJson(
                    position, "ends after byte " + position + ", expected " + expected);
        }
        int b = bytes[at] & 0xff;
        String found = b > ' ' && b < 0x7f ? "'" + (char) b + "'" : "byte 0x%02x".formatted(b);
        return new MalformedJson(
                position, "at byte " + position + ": found " + found + ", expected " + expected);
    }
}
