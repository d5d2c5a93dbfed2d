package io.fairlead.protocol.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where strings, numbers and words of JSON end. Each method takes the index of a token's first byte
 * and gives the one behind its last, or -1 if it is none: {@link JsonCursor} says what is wrong.
 * Stateless: any thread.
 */
final class JsonTokens {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    /** Whether a byte behind a backslash makes an escape by itself. */
    private static final boolean[] SIMPLE_ESCAPES = new boolean[256];

    static {
        for (char c : "\"\\/bfnrt".toCharArray()) {
            SIMPLE_ESCAPES[c] = true;
        }
    }

    private JsonTokens() {}

    /** Anything but an object or array. */
    static int scalar(byte[] bytes, int from, int to) {
        return switch (bytes[from]) {
            case '"' -> string(bytes, from, to);
            case 't' -> word(bytes, from, to, "true");
            case 'f' -> word(bytes, from, to, "false");
            case 'n' -> word(bytes, from, to, "null");
            default -> number(bytes, from, to);
        };
    }

    static int string(byte[] bytes, int from, int to) {
        int at = from + 1;
        while (true) {
            at = endOfPlain(bytes, at, to);
            if (at >= to) {
                return -1;
            }
            byte b = bytes[at];
            if (b == '"') {
                return at + 1;
            }
            if (b != '\\') {
                return -1;
            }
            if (at + 1 < to && SIMPLE_ESCAPES[bytes[at + 1] & 0xff]) {
                at += 2;
            } else if (isUnit(bytes, at, to)) {
                at += 6;
            } else {
                return -1;
            }
        }
    }

    /** Whether an escape of the form {@code \\u0041} stands here. */
    private static boolean isUnit(byte[] bytes, int at, int to) {
        return at + 6 <= to
                && bytes[at + 1] == 'u'
                && Character.digit(bytes[at + 2], 16) >= 0
                && Character.digit(bytes[at + 3], 16) >= 0
                && Character.digit(bytes[at + 4], 16) >= 0
                && Character.digit(bytes[at + 5], 16) >= 0;
    }

    private static int word(byte[] bytes, int from, int to, String word) {
        int end = from + word.length();
        if (end > to) {
            return -1;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[from + i] != word.charAt(i)) {
                return -1;
            }
        }
        return end;
    }

    private static int number(byte[] bytes, int from, int to) {
        int at = bytes[from] == '-' ? from + 1 : from;
        int whole = digits(bytes, at, to);
        if (whole == at) {
            return -1;
        }
        // nothing follows a zero that stands first
        at = bytes[at] == '0' ? at + 1 : whole;
        if (at < to && bytes[at] == '.') {
            int fraction = digits(bytes, at + 1, to);
            if (fraction == at + 1) {
                return -1;
            }
            at = fraction;
        }
        if (at < to && (bytes[at] | 0x20) == 'e') {
            boolean signed = at + 1 < to && (bytes[at + 1] == '+' || bytes[at + 1] == '-');
            int first = signed ? at + 2 : at + 1;
            int exponent = digits(bytes, first, to);
            return exponent == first ? -1 : exponent;
        }
        return at;
    }

    private static int digits(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    static int space(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] <= ' ' && isSpace(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Index of the first quote, backslash or control character; {@code end}: there is none. */
    static int endOfPlain(byte[] bytes, int start, int end) {
        // Locals only: this loop is where the time of a long prompt goes.
        int index = start;
        int lastWord = end - Long.BYTES;
        while (index <= lastWord) {
            long found = special((long) LONG.get(bytes, index)) & HIGH;
            if (found != 0) {
                return index + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            index += Long.BYTES;
        }
        while (index < end) {
            byte b = bytes[index];
            if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
                return index;
            }
            index++;
        }
        return end;
    }

    /** As {@link #endOfPlain}, but also stops at what is not ASCII. Made for names: short ones. */
    static int endOfAscii(byte[] bytes, int start, int end) {
        int index = start;
        int lastWord = end - Long.BYTES;
        while (index <= lastWord) {
            long word = (long) LONG.get(bytes, index);
            long found = (special(word) | word) & HIGH;
            if (found != 0) {
                return index + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            index += Long.BYTES;
        }
        while (index < end && bytes[index] >= ' ' && bytes[index] != '"' && bytes[index] != '\\') {
            index++;
        }
        return index;
    }

    /** Whether one of these bytes is there. */
    static boolean has(byte first, byte second, byte third, byte[] bytes, int start, int end) {
        int index = start;
        int lastWord = end - Long.BYTES;
        while (index <= lastWord) {
            long word = (long) LONG.get(bytes, index);
            long found = zero(word ^ ONES * first);
            found |= zero(word ^ ONES * second) | zero(word ^ ONES * third);
            if ((found & HIGH) != 0) {
                return true;
            }
            index += Long.BYTES;
        }
        while (index < end) {
            byte b = bytes[index++];
            if (b == first || b == second || b == third) {
                return true;
            }
        }
        return false;
    }

    /** Sets the high bit of the first byte that is zero, and perhaps of some behind it. */
    private static long zero(long word) {
        return (word - ONES) & ~word;
    }

    /** Index of the first byte of this value; {@code end}: there is none. */
    static int find(byte value, byte[] bytes, int start, int end) {
        long wanted = ONES * value;
        int index = start;
        int lastWord = end - Long.BYTES;
        while (index <= lastWord) {
            long found = zero((long) LONG.get(bytes, index) ^ wanted) & HIGH;
            if (found != 0) {
                return index + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            index += Long.BYTES;
        }
        while (index < end && bytes[index] != value) {
            index++;
        }
        return index;
    }

    /**
     * Sets the high bit of the first byte that is a quote, a backslash or a control character, and
     * perhaps of some behind it; other bits mean nothing.
     */
    private static long special(long word) {
        long quote = word ^ (ONES * '"');
        long backslash = word ^ (ONES * '\\');
        return ((quote - ONES) & ~quote)
                | ((backslash - ONES) & ~backslash)
                | ((word - ONES * ' ') & ~word);
    }
}
