package io.fairlead.protocol.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Text in and out of JSON strings. Stateless: any thread. */
public final class JsonText {
    private JsonText() {}

    /**
     * The text between the quotes of a well-formed JSON string. Bytes that are no UTF-8 and halves
     * of surrogate pairs become U+FFFD.
     */
    public static String decode(byte[] bytes, int from, int to) {
        int at = nextEscape(bytes, from, to);
        if (at == to) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        return unescaped(bytes, from, at, to);
    }

    /** Without its escapes a text is never longer, also in UTF-8: one pass, and one decoding. */
    private static String unescaped(byte[] bytes, int from, int firstEscape, int to) {
        byte[] utf8 = new byte[to - from];
        int size = 0;
        int plain = from;
        int at = firstEscape;
        while (at < to) {
            System.arraycopy(bytes, plain, utf8, size, at - plain);
            size += at - plain;
            if (at + 1 == to) {
                plain = to;
                break;
            }
            byte b = bytes[at + 1];
            if (b == 'u') {
                int unit = unit(bytes, at, to);
                at = Math.min(at + 6, to);
                if (Character.isHighSurrogate((char) unit) && isLow(bytes, at, to)) {
                    unit = Character.toCodePoint((char) unit, (char) unit(bytes, at, to));
                    at += 6;
                }
                size = Utf8.put(unit, utf8, size);
            } else {
                utf8[size++] =
                        switch (b) {
                            case 'b' -> '\b';
                            case 'f' -> '\f';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            default -> b;
                        };
                at += 2;
            }
            plain = at;
            at = nextEscape(bytes, at, to);
        }
        System.arraycopy(bytes, plain, utf8, size, to - plain);
        return new String(utf8, 0, size + to - plain, StandardCharsets.UTF_8);
    }

    private static int nextEscape(byte[] bytes, int from, int to) {
        int at = JsonTokens.endOfPlain(bytes, from, to);
        while (at < to && bytes[at] != '\\') {
            at = JsonTokens.endOfPlain(bytes, at + 1, to);
        }
        return at;
    }

    private static boolean isLow(byte[] bytes, int at, int to) {
        return at + 6 <= to
                && bytes[at] == '\\'
                && bytes[at + 1] == 'u'
                && Character.isLowSurrogate((char) unit(bytes, at, to));
    }

    /** The unit of an escape of the form {@code \\u0041}. */
    private static int unit(byte[] bytes, int at, int to) {
        int end = Math.min(at + 6, to);
        int unit = 0;
        for (int i = at + 2; i < end; i++) {
            unit = (unit << 4) | (Character.digit(bytes[i], 16) & 0xf);
        }
        return unit;
    }

    /** The text as a JSON string with its quotes. */
    public static byte[] quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        quote(text, out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Appends the text as a JSON string with its quotes; halves of surrogate pairs are escaped. */
    public static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            switch (unit) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    boolean lone =
                            Character.isSurrogate(unit)
                                    && !(Character.isHighSurrogate(unit)
                                            ? i + 1 < text.length()
                                                    && Character.isLowSurrogate(text.charAt(i + 1))
                                            : i > 0
                                                    && Character.isHighSurrogate(
                                                            text.charAt(i - 1)));
                    if (unit < ' ' || lone || unit == '\u2028' || unit == '\u2029') {
                        out.append("\\u");
                        String hex = Integer.toHexString(unit);
                        out.append("0".repeat(4 - hex.length())).append(hex);
                    } else {
                        out.append(unit);
                    }
                }
            }
        }
        out.append('"');
    }

    /** The bytes of a name or literal, for comparisons and edits. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The strings of these byte arrays one after the other. */
    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
