package io.fairlead.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A JSON array being made. Confined to one thread. */
public final class JsonArray {
    private final List<Object> elements = new ArrayList<>();

    public static JsonArray ofTexts(Iterable<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    public JsonArray add(String value) {
        return append(value);
    }

    public JsonArray add(JsonString value) {
        return append(value);
    }

    public JsonArray add(Json value) {
        return append(value);
    }

    public JsonArray add(JsonObject value) {
        return append(value);
    }

    public JsonArray add(JsonArray value) {
        return append(value);
    }

    public JsonArray add(long value) {
        return append(value);
    }

    /** Adds an object and gives it, to be filled. */
    public JsonObject addObject() {
        JsonObject made = new JsonObject();
        elements.add(made);
        return made;
    }

    /** The elements that are objects being made. */
    public List<JsonObject> objects() {
        List<JsonObject> objects = new ArrayList<>();
        for (Object element : elements) {
            if (element instanceof JsonObject object) {
                objects.add(object);
            }
        }
        return objects;
    }

    private JsonArray append(Object value) {
        elements.add(value);
        return this;
    }

    public int size() {
        return elements.size();
    }

    public boolean isEmpty() {
        return elements.isEmpty();
    }

    public byte[] toBytes() {
        JsonBuffer buffer = new JsonBuffer(room());
        writeTo(buffer);
        return buffer.toBytes();
    }

    public Json toJson() {
        return Json.parse(toBytes());
    }

    int room() {
        int room = 1;
        for (Object element : elements) {
            room += 1 + JsonValues.room(element);
        }
        return Math.max(room, 2);
    }

    void writeTo(JsonBuffer out) {
        char before = '[';
        for (Object element : elements) {
            out.ascii(before);
            JsonValues.write(element, out);
            before = ',';
        }
        if (before == '[') {
            out.ascii('[');
        }
        out.ascii(']');
    }

    @Override
    public String toString() {
        return new String(toBytes(), StandardCharsets.UTF_8);
    }
}
