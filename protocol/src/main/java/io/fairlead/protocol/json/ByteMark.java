package io.fairlead.protocol.json;

import java.nio.charset.StandardCharsets;

/** A word to be found in bytes that nearly never have it. Immutable. */
public final class ByteMark {
    private final byte[] mark;

    /** Where in the word its rarest letter is, which is what is looked for. */
    private final int rare;

    /**
     * @param word ASCII only; best with a letter that texts seldom have, such as an underscore
     */
    public ByteMark(String word) {
        mark = word.getBytes(StandardCharsets.US_ASCII);
        int seldom = 0;
        for (int i = 1; i < mark.length; i++) {
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
        int last = bytes.length - mark.length + rare;
        int at = JsonTokens.find(mark[rare], bytes, rare, last + 1);
        while (at <= last) {
            if (begins(bytes, at - rare)) {
                return true;
            }
            at = JsonTokens.find(mark[rare], bytes, at + 1, last + 1);
        }
        return false;
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
