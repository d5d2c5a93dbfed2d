package io.fairlead.protocol.json;

import static io.fairlead.protocol.json.JsonText.utf8;

import java.util.Arrays;
import java.util.List;

/**
 * Finds the strings that stand under certain names anywhere in a JSON text, those in arrays under
 * such a name included. What clients call {@code metadata} is theirs and is not looked into.
 * Confined to one thread.
 */
public final class TextMembers {
    /** Hears of each string: its place is that of its quotes. */
    @FunctionalInterface
    public interface Taker {
        void take(TextMembers at, int name, int from, int to);
    }

    private static final byte[] METADATA = utf8("metadata");
    private static final int NONE = -1;

    private final byte[] bytes;
    private final byte[][] names;
    private final Taker taker;
    private final JsonCursor cursor = new JsonCursor();

    /** For each level where its member's name begins and ends; for an element -1 and its number. */
    private int[] steps = new int[32];

    private int depth;

    public TextMembers(byte[] bytes, List<String> names, Taker taker) {
        this.bytes = bytes;
        this.names = names.stream().map(JsonText::utf8).toArray(byte[][]::new);
        this.taker = taker;
    }

    /**
     * Looks through one JSON text.
     *
     * @throws MalformedJson if it is none
     */
    public void read(int from, int to) {
        depth = 0;
        cursor.reset(bytes, from, to);
        value(NONE);
        cursor.finish();
    }

    private void value(int name) {
        switch (cursor.kind()) {
            case '{' -> object();
            case '[' -> array(name);
            case '"' -> {
                cursor.skipValue();
                if (name != NONE) {
                    taker.take(this, name, cursor.valueFrom(), cursor.position());
                }
            }
            default -> cursor.skipValue();
        }
    }

    private void object() {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs(METADATA)) {
                cursor.skipValue();
                continue;
            }
            push(cursor.keyFrom(), cursor.keyTo());
            value(nameHere());
            depth--;
        }
    }

    private void array(int name) {
        cursor.enterArray();
        for (int i = 0; cursor.nextElement(); i++) {
            push(NONE, i);
            value(name);
            depth--;
        }
    }

    private int nameHere() {
        for (int i = 0; i < names.length; i++) {
            if (cursor.keyIs(names[i])) {
                return i;
            }
        }
        return NONE;
    }

    private void push(int first, int second) {
        if (depth * 2 + 2 > steps.length) {
            steps = Arrays.copyOf(steps, steps.length * 2);
        }
        steps[depth * 2] = first;
        steps[depth * 2 + 1] = second;
        depth++;
    }

    /** Where the string stands: {@code messages[0].content[1].file.file_id}. */
    public String path() {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            int first = steps[i * 2];
            int second = steps[i * 2 + 1];
            if (first == NONE) {
                path.append('[').append(second).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".")
                        .append(JsonText.decode(bytes, first, second));
            }
        }
        return path.toString();
    }

    /** How deep the string stands; 1: at the top. */
    public int depth() {
        return depth;
    }

    /** Whether the member at this level, counted from 1, has this name. */
    public boolean isUnder(int level, byte[] name) {
        int first = steps[level * 2 - 2];
        return first != NONE
                && Arrays.equals(bytes, first, steps[level * 2 - 1], name, 0, name.length);
    }
}
