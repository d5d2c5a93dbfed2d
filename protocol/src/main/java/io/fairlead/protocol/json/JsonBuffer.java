package io.fairlead.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON being written, as bytes. Grows with what is written; confined to one thread. */
public final class JsonBuffer {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static final int SHORT = 48;

    private byte[] bytes;
    private int size;

    public JsonBuffer(int expected) {
        bytes = new byte[expected];
    }

    /** What stands on the wire for this value. */
    public void raw(Json value) {
        raw(value.bytes(), value.from(), value.to());
    }

    public void raw(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
    }

    /** Punctuation or a literal: ASCII only. */
    public void ascii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    public void ascii(char c) {
        reserve(1);
        bytes[size++] = (byte) c;
    }

    /** The text as a JSON string with its quotes; halves of surrogate pairs become '?'. */
    public void quoted(String text) {
        ascii('"');
        unquoted(text);
        ascii('"');
    }

    /** A JSON string of a text, and of what stands behind it on the wire. */
    void quoted(String head, byte[] source, int from, int to) {
        ascii('"');
        unquoted(head);
        raw(source, from, to);
        ascii('"');
    }

    private void unquoted(String text) {
        if (text.length() <= SHORT && unquotedShort(text)) {
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int plain = 0;
        while (plain < utf8.length) {
            int special = JsonTokens.endOfPlain(utf8, plain, utf8.length);
            raw(utf8, plain, special);
            if (special < utf8.length) {
                escape(utf8[special]);
                special++;
            }
            plain = special;
        }
    }

    /** A short text of nothing special, as nearly all names are; false: it is another. */
    private boolean unquotedShort(String text) {
        int length = text.length();
        reserve(length);
        int place = size;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
            bytes[place++] = (byte) c;
        }
        size = place;
        return true;
    }

    /** How many bytes a text takes between the quotes. */
    static int length(String text) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                length += isShort(c) ? 1 : 5;
            } else if (c >= 0x80) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    length += 2;
                    i++;
                } else if (!Character.isSurrogate(c)) {
                    length += c < 0x800 ? 1 : 2;
                }
            }
        }
        return length;
    }

    /** Whether an escape of one letter stands for it. */
    private static boolean isShort(char c) {
        return switch (c) {
            case '"', '\\', '\n', '\r', '\t', '\b', '\f' -> true;
            default -> false;
        };
    }

    private void escape(byte b) {
        reserve(isShort((char) b) ? 2 : 6);
        bytes[size++] = '\\';
        switch (b) {
            case '"', '\\' -> bytes[size++] = b;
            case '\n' -> bytes[size++] = 'n';
            case '\r' -> bytes[size++] = 'r';
            case '\t' -> bytes[size++] = 't';
            case '\b' -> bytes[size++] = 'b';
            case '\f' -> bytes[size++] = 'f';
            default -> {
                bytes[size++] = 'u';
                bytes[size++] = '0';
                bytes[size++] = '0';
                bytes[size++] = HEX[(b >> 4) & 0xf];
                bytes[size++] = HEX[b & 0xf];
            }
        }
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    public int size() {
        return size;
    }

    /** What was written; nothing more may be. */
    public byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
}
