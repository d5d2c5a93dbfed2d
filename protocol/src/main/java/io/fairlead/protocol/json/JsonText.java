package io.fairlead.protocol.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Text in and out of JSON strings. Stateless: any thread. */
public final class JsonText {
    private static final char REPLACEMENT = '\uFFFD';

    private JsonText() {}

    /**
     * The text between the quotes of a well-formed JSON string. Bytes that are no UTF-8 and halves
     * of surrogate pairs become U+FFFD.
     */
    public static String decode(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '\\') {
            at++;
        }
        if (at == to) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder(to - from);
        int plain = from;
        while (at < to) {
            if (bytes[at] != '\\') {
                at++;
                continue;
            }
            text.append(new String(bytes, plain, at - plain, StandardCharsets.UTF_8));
            at = unescape(bytes, at, to, text);
            plain = at;
        }
        text.append(new String(bytes, plain, to - plain, StandardCharsets.UTF_8));
        return withoutLoneSurrogates(text);
    }

    private static int unescape(byte[] bytes, int at, int to, StringBuilder text) {
        if (at + 1 >= to) {
            return to;
        }
        byte b = bytes[at + 1];
        if (b == 'u') {
            int end = Math.min(at + 6, to);
            int unit = 0;
            for (int i = at + 2; i < end; i++) {
                unit = (unit << 4) | (Character.digit(bytes[i], 16) & 0xf);
            }
            text.append((char) unit);
            return end;
        }
        text.append(
                switch (b) {
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    default -> (char) b;
                });
        return at + 2;
    }

    private static String withoutLoneSurrogates(StringBuilder text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (!Character.isSurrogate(unit)) {
                continue;
            }
            boolean paired =
                    Character.isHighSurrogate(unit)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1));
            if (paired) {
                i++;
            } else {
                text.setCharAt(i, REPLACEMENT);
            }
        }
        return text.toString();
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
