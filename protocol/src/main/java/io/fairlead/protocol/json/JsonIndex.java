package io.fairlead.protocol.json;

import java.util.Arrays;

/**
 * Where every value of a JSON text is, noted by a {@link JsonCursor} that goes through it. A value
 * takes three places of the index: its first byte, the byte behind its last, and where the index
 * goes on behind it and all within it; a member is its name and its value. A name has whether it is
 * {@link #PLAIN} in its third place: its value follows anyway. Confined to one thread.
 */
final class JsonIndex {
    /** Stands with the names that say what they look like. */
    static final int PLAIN = 1;

    private final int limit;
    private int[] index;
    private int size;
    private boolean over;

    /** Objects and arrays that are not closed yet; the complement of an array's place. */
    private int[] open = new int[16];

    /**
     * @param length of the text
     * @param limit places that are not exceeded: what needs more is not noted
     */
    JsonIndex(int length, int limit) {
        this.limit = limit;
        // Few texts have less than a value in sixteen bytes; strings of media have far less.
        this.index = new int[Math.min(3 * (8 + (length >>> 4)), 3 * 4096)];
    }

    /** A whole text. */
    static int[] of(byte[] bytes, int from, int to) {
        JsonIndex made = new JsonIndex(to - from, Integer.MAX_VALUE - 8);
        new JsonCursor(bytes, from, to, made).finish();
        return made.places();
    }

    /** An object or array begins; {@link #close} takes what this gives. */
    int open(int from) {
        int place = add();
        index[place] = from;
        return place;
    }

    void close(int place, int to) {
        index[place + 1] = to;
        index[place + 2] = size;
    }

    /** Anything else but a name. */
    void add(int from, int to) {
        int place = add();
        index[place] = from;
        index[place + 1] = to;
        index[place + 2] = size;
    }

    /**
     * The name of a member; its value is what is added next.
     *
     * @param plain whether it is ASCII without an escape
     */
    void addName(int from, int to, boolean plain) {
        int place = add();
        index[place] = from;
        index[place + 1] = to;
        index[place + 2] = plain ? PLAIN : 0;
    }

    /**
     * A value, and all within it.
     *
     * @param depth how many objects and arrays deep it may be
     * @return the index behind its last byte; -1: it is malformed
     */
    int addAll(byte[] bytes, int from, int to, int depth) {
        int level = 0;
        int at = from;
        while (true) {
            at = JsonTokens.space(bytes, at, to);
            if (at >= to) {
                return -1;
            }
            byte b = bytes[at];
            if (b == '{' || b == '[') {
                if (level + 1 >= depth) {
                    return -1;
                }
                if (level == open.length) {
                    open = Arrays.copyOf(open, 2 * level);
                }
                open[level++] = b == '{' ? open(at) : ~open(at);
                at = JsonTokens.space(bytes, at + 1, to);
                if (at >= to) {
                    return -1;
                }
                if (bytes[at] != (b == '{' ? '}' : ']')) {
                    at = b == '{' ? addName(bytes, at, to) : at;
                    if (at < 0) {
                        return -1;
                    }
                    continue;
                }
                close(open[--level] < 0 ? ~open[level] : open[level], ++at);
            } else {
                int end = JsonTokens.scalar(bytes, at, to);
                if (end < 0) {
                    return -1;
                }
                add(at, end);
                at = end;
            }
            // what ends with this value
            boolean next = false;
            while (level > 0 && !next) {
                at = JsonTokens.space(bytes, at, to);
                if (at >= to) {
                    return -1;
                }
                boolean object = open[level - 1] >= 0;
                if (bytes[at] == ',') {
                    at = object ? addName(bytes, at + 1, to) : at + 1;
                    if (at < 0) {
                        return -1;
                    }
                    next = true;
                } else if (bytes[at] == (object ? '}' : ']')) {
                    level--;
                    close(object ? open[level] : ~open[level], ++at);
                } else {
                    return -1;
                }
            }
            if (!next) {
                return at;
            }
        }
    }

    /** The name of a member, and the colon behind it. */
    private int addName(byte[] bytes, int from, int to) {
        int at = JsonTokens.space(bytes, from, to);
        if (at >= to || bytes[at] != '"') {
            return -1;
        }
        int end = JsonTokens.endOfAscii(bytes, at + 1, to) + 1;
        boolean plain = end <= to && bytes[end - 1] == '"';
        if (!plain) {
            end = JsonTokens.string(bytes, at, to);
            if (end < 0) {
                return -1;
            }
        }
        addName(at, end, plain);
        at = JsonTokens.space(bytes, end, to);
        return at < to && bytes[at] == ':' ? at + 1 : -1;
    }

    private int add() {
        if (size + 3 > index.length) {
            grow();
        }
        int place = size;
        size += 3;
        return place;
    }

    private void grow() {
        if (size + 3 > limit) {
            over = true;
            size = 0; // what is noted from here on is of no use
        } else {
            index = Arrays.copyOf(index, Math.min(index.length * 2 + 3, Math.max(limit, 3)));
        }
    }

    /** Whether there was not room for all of it. */
    boolean isOver() {
        return over;
    }

    int[] places() {
        // a little that is left over is cheaper than a copy
        return size > index.length / 2 ? index : Arrays.copyOf(index, size);
    }
}
