package io.fairlead.protocol.json;

import java.util.Arrays;

/**
 * Finds where every value of a JSON text is, in one pass. A value takes three places of the index:
 * its first byte, the byte behind its last, and where the index goes on behind it and all within
 * it; a member is its name, as a string, and its value. Confined to one thread.
 */
final class JsonIndex {
    private final JsonCursor cursor;
    private int[] index;
    private int size;

    private JsonIndex(byte[] bytes, int from, int to) {
        cursor = new JsonCursor(bytes, from, to);
        // Few texts have less than a value in sixteen bytes; strings of media have far less.
        index = new int[Math.min(3 * (8 + ((to - from) >>> 4)), 3 * 4096)];
    }

    static int[] of(byte[] bytes, int from, int to) {
        JsonIndex made = new JsonIndex(bytes, from, to);
        made.value();
        made.cursor.finish();
        return made.size == made.index.length ? made.index : Arrays.copyOf(made.index, made.size);
    }

    private void value() {
        int place = size;
        reserve();
        switch (cursor.kind()) {
            case '{' -> object(place);
            case '[' -> array(place);
            default -> {
                cursor.skipValue();
                index[place] = cursor.valueFrom();
            }
        }
        index[place + 1] = cursor.position();
        index[place + 2] = size;
    }

    private void object(int place) {
        index[place] = cursor.position();
        cursor.enterObject();
        while (cursor.nextMember()) {
            int name = size;
            reserve();
            index[name] = cursor.keyFrom() - 1;
            index[name + 1] = cursor.keyTo() + 1;
            index[name + 2] = size;
            value();
        }
    }

    private void array(int place) {
        index[place] = cursor.position();
        cursor.enterArray();
        while (cursor.nextElement()) {
            value();
        }
    }

    private void reserve() {
        if (size + 3 > index.length) {
            index = Arrays.copyOf(index, index.length * 2 + 3);
        }
        size += 3;
    }
}
