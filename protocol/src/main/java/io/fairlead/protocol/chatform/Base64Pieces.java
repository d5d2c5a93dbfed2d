package io.fairlead.protocol.chatform;

import java.util.Arrays;
import java.util.Base64;

/**
 * Joins pieces of base64 that each were encoded for themselves into one text: what fills no group
 * of three bytes waits for the next piece. Confined to one thread.
 */
final class Base64Pieces {
    private static final byte[] NOTHING = {};

    private byte[] waiting = NOTHING;

    /** What can be said after this piece; a piece that is no base64 is handed on as it is. */
    String next(String piece) {
        boolean whole = piece.length() % 4 == 0 && !piece.endsWith("=");
        if (whole && waiting.length == 0) {
            return piece;
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(piece);
        } catch (IllegalArgumentException noBase64) {
            return piece;
        }
        byte[] all = Arrays.copyOf(waiting, waiting.length + bytes.length);
        System.arraycopy(bytes, 0, all, waiting.length, bytes.length);
        int groups = all.length / 3 * 3;
        waiting = Arrays.copyOfRange(all, groups, all.length);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(all, groups));
    }

    /** What still waits, at the end. */
    String last() {
        String rest = Base64.getEncoder().encodeToString(waiting);
        waiting = NOTHING;
        return rest;
    }
}
