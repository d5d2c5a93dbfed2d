package io.fairlead.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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
        return isIn(bytes, 0, bytes.length);
    }

    /** Whether the whole word is in this range. */
    public boolean isIn(byte[] bytes, int from, int to) {
        int end = to - mark.length + rare + 1;
        int at = JsonTokens.find(mark[rare], bytes, from + rare, end);
        while (at < end) {
            if (isAt(bytes, at - rare, to)) {
                return true;
            }
            at = JsonTokens.find(mark[rare], bytes, at + 1, end);
        }
        return false;
    }

    /** Whether this range begins with the word. */
    public boolean isAt(byte[] bytes, int from, int to) {
        return to - from >= mark.length
                && Arrays.equals(bytes, from, from + mark.length, mark, 0, mark.length);
    }
}
