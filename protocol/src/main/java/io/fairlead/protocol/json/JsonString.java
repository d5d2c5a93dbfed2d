package io.fairlead.protocol.json;

import org.jspecify.annotations.Nullable;

/**
 * A text as JSON has it: read when it is asked for, and until then written again as it stands on
 * the wire. Two are equal if their texts are. Immutable; may be shared between threads.
 */
public final class JsonString {
    public static final JsonString EMPTY = of("");

    private final @Nullable Json wire;
    private @Nullable String text; // whoever reads it first leaves it for others, at worst twice

    private JsonString(@Nullable Json wire, @Nullable String text) {
        this.wire = wire;
        this.text = text;
    }

    public static JsonString of(String text) {
        return new JsonString(null, text);
    }

    /** The text of a JSON string. */
    static JsonString of(Json wire) {
        return new JsonString(wire, null);
    }

    public String text() {
        String known = text;
        if (known == null) {
            known = wire == null ? "" : wire.text();
            text = known;
        }
        return known;
    }

    public boolean isEmpty() {
        return wire == null ? text().isEmpty() : wire.to() - wire.from() == 2;
    }

    /** Whether there is nothing but white space. */
    public boolean isBlank() {
        if (wire != null) {
            int first = wire.from() + 1;
            while (wire.bytes()[first] == ' ') {
                first++;
            }
            byte b = wire.bytes()[first];
            if (b > ' ' && b != '\\' && b != '"') {
                return false;
            }
        }
        return text().isBlank();
    }

    int room() {
        return wire != null ? wire.to() - wire.from() : JsonValues.room(text());
    }

    void writeTo(JsonBuffer out) {
        if (wire != null) {
            out.raw(wire);
        } else {
            out.quoted(text());
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
