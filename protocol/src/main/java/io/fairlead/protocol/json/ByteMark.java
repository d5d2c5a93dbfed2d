package io.fairlead.protocol.json;

import java.nio.charset.StandardCharsets;

/** A word to be found in bytes that nearly never have it. Immutable. */
public final class ByteMark {
    private final byte[] mark;

    /** Where in the word the two letters begin that are looked for: the first is its rarest. */
    private final int rare;

    /**
     * @param word two characters or more, ASCII only; best with one that texts seldom have, such as
     *     an underscore
     */
    public ByteMark(String word) {
        mark = word.getBytes(StandardCharsets.US_ASCII);
        int seldom = 0;
        for (int i = 1; i < mark.length - 1; i++) {
            if (rareness(mark[i]) > rareness(mark[seldom])) {
                seldom = i;
            }
        }
        rare = seldom;
    }

    private static int rareness(byte letter) {
        if (letter == '_') {
            return 2;
        }
        return letter >= 'a' && letter <= 'z' ? 0 : 1;
    }

    public boolean isIn(byte[] bytes) {
        // where the two can be, for the whole word to be there
        int end = bytes.length - mark.length + rare + 2;
        int at = rare;
        while (true) {
            at = JsonTokens.pair(mark[rare], mark[rare + 1], bytes, at, end);
            if (at < 0) {
                return false;
            }
            if (begins(bytes, at - rare)) {
                return true;
            }
            at++;
        }
    }

    private boolean begins(byte[] bytes, int from) {
        for (int i = 0; i < mark.length; i++) {
            if (bytes[from + i] != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
