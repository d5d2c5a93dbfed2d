package io.fairlead.protocol.json;

import java.nio.charset.StandardCharsets;

/** A word to be found in bytes that nearly never have it. Immutable. */
public final class ByteMark {
    private final byte[] mark;

    /** Whether a byte is one of the word's, by its value. */
    private final boolean[] in = new boolean[256];

    /**
     * @param word ASCII only
     */
    public ByteMark(String word) {
        mark = word.getBytes(StandardCharsets.US_ASCII);
        for (byte b : mark) {
            in[b & 0xff] = true;
        }
    }

    public boolean isIn(byte[] bytes) {
        // each place of the word covers one byte in so many: the others need not be looked at
        for (int i = mark.length - 1; i < bytes.length; i += mark.length) {
            if (in[bytes[i] & 0xff] && covers(bytes, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean covers(byte[] bytes, int place) {
        for (int i = 0; i < mark.length; i++) {
            if (mark[i] == bytes[place] && begins(bytes, place - i)) {
                return true;
            }
        }
        return false;
    }

    private boolean begins(byte[] bytes, int from) {
        if (from < 0 || from + mark.length > bytes.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if (bytes[from + i] != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
