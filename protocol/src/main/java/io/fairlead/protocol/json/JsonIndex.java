package io.fairlead.protocol.json;

import java.util.Arrays;

/**
 * Where every value of a JSON text is, noted by a {@link JsonCursor} that goes through it. A value
 * takes three places of the index: its first byte, the byte behind its last, and where the index
 * goes on behind it and all within it; a member is its name, as a string, and its value. Confined
 * to one thread.
 */
final class JsonIndex {
    private final int limit;
    private int[] index;
    private int size;
    private boolean over;

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

    /** Anything else, or the name of a member. */
    void add(int from, int to) {
        int place = add();
        index[place] = from;
        index[place + 1] = to;
        index[place + 2] = size;
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
