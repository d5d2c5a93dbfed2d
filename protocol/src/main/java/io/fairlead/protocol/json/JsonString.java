package io.fairlead.protocol.json;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * A text as JSON has it: read when it is asked for, and until then written again as it stands on
 * the wire. Two are equal if their texts are. Immutable; may be shared between threads.
 */
public final class JsonString {
    public static final JsonString EMPTY = of("");

    private static final byte[] NOTHING = {};

    /** Stands before what is on the wire. */
    private final String head;

    /** What is on the wire, without quotes. */
    private final byte[] bytes;

    private final int from;
    private final int to;
    private @Nullable String text; // whoever reads it first leaves it for others, at worst twice

    private JsonString(String head, byte[] bytes, int from, int to, @Nullable String text) {
        this.head = head;
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.text = text;
    }

    public static JsonString of(String text) {
        return new JsonString(text, NOTHING, 0, 0, text);
    }

    /** The text of a JSON string. */
    static JsonString of(Json wire) {
        return new JsonString("", wire.bytes(), wire.from() + 1, wire.to() - 1, null);
    }

    public String text() {
        String known = text;
        if (known == null) {
            String read = JsonText.decode(bytes, from, to);
            known = head.isEmpty() ? read : head + read;
            text = known;
        }
        return known;
    }

    /** This text behind another one; what is on the wire is not read for it. */
    public JsonString behind(String before) {
        return new JsonString(before + head, bytes, from, to, from == to ? before + head : null);
    }

    /**
     * The first characters, at most so many: fewer if what follows is written with an escape or is
     * not ASCII. Cheap, however long the text is.
     */
    public String beginning(int most) {
        if (head.length() >= most) {
            return head.substring(0, most);
        }
        int end = from;
        int last = Math.min(to, from + most - head.length());
        while (end < last && bytes[end] > 0 && bytes[end] != '\\') {
            end++;
        }
        return head + new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    }

    /**
     * What is behind the first characters.
     *
     * @param begun how many, not more than {@link #beginning} gives
     */
    public JsonString after(int begun) {
        if (begun <= head.length()) {
            String rest = head.substring(begun);
            return new JsonString(rest, bytes, from, to, from == to ? rest : null);
        }
        return new JsonString("", bytes, from + begun - head.length(), to, null);
    }

    /**
     * How many bytes stand between the quotes, if it is written without escapes and has neither of
     * these two characters (ASCII); else -1. Cheaper than to read it.
     */
    public int plainLength(char neither, char nor) {
        boolean plain =
                head.isEmpty()
                        && !JsonTokens.has(
                                (byte) neither, (byte) nor, (byte) '\\', bytes, from, to);
        return plain ? to - from : -1;
    }

    public boolean isEmpty() {
        return head.isEmpty() && from == to;
    }

    /** Whether there is nothing but white space. */
    public boolean isBlank() {
        String first = beginning(16);
        for (int i = 0; i < first.length(); i++) {
            if (!Character.isWhitespace(first.charAt(i))) {
                return false;
            }
        }
        return text().isBlank();
    }

    int room() {
        return 2 + JsonBuffer.length(head) + to - from;
    }

    void writeTo(JsonBuffer out) {
        if (from == to) {
            out.quoted(head);
        } else {
            out.quoted(head, bytes, from, to);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonString that && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
