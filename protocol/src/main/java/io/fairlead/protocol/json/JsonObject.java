package io.fairlead.protocol.json;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A JSON object being made. Members stand in the order they were put; absent values put nothing, so
 * that optional fields need no question. Confined to one thread.
 */
public final class JsonObject {
    /**
     * Values: {@link Json}, String, {@link JsonString}, BigDecimal, Long, Boolean, JsonObject or
     * JsonArray.
     */
    private final SequencedMap<String, Object> members = new LinkedHashMap<>();

    /** An object with the members of one that was read, to be filled further. */
    public static JsonObject of(Json object) {
        JsonObject made = new JsonObject();
        for (Json.Member member : object.members()) {
            made.members.put(member.name(), member.value());
        }
        return made;
    }

    public JsonObject put(String name, String value) {
        return set(name, value);
    }

    public JsonObject put(String name, JsonString value) {
        return set(name, value);
    }

    public JsonObject put(String name, Json value) {
        return set(name, value);
    }

    public JsonObject put(String name, JsonObject value) {
        return set(name, value);
    }

    public JsonObject put(String name, JsonArray value) {
        return set(name, value);
    }

    public JsonObject put(String name, long value) {
        return set(name, value);
    }

    public JsonObject put(String name, boolean value) {
        return set(name, value);
    }

    public JsonObject put(String name, BigDecimal value) {
        return set(name, value);
    }

    /**
     * Puts what is there: a String, {@link JsonString}, {@link Json}, Long, Boolean or BigDecimal.
     */
    public JsonObject put(String name, Optional<?> value) {
        value.ifPresent(present -> set(name, JsonValues.checked(present)));
        return this;
    }

    public JsonObject putNull(String name) {
        return set(name, Json.NULL);
    }

    private JsonObject set(String name, Object value) {
        members.put(name, value);
        return this;
    }

    /** The object under this name, to be filled further; made if there is none. */
    public JsonObject object(String name) {
        Object there = members.get(name);
        if (there instanceof JsonObject object) {
            return object;
        }
        JsonObject made = there instanceof Json json ? of(json) : new JsonObject();
        members.put(name, made);
        return made;
    }

    /** The array under this name, to be filled further; made if there is none. */
    public JsonArray array(String name) {
        if (members.get(name) instanceof JsonArray there) {
            return there;
        }
        JsonArray made = new JsonArray();
        members.put(name, made);
        return made;
    }

    /**
     * Adds what is not there yet. An object that is being made takes in the members of the object
     * of that name; everything else that is there stays.
     */
    public void merge(Map<String, Json> more) {
        more.forEach(this::mergeMember);
    }

    /** As {@link #merge(Map)}, of an object that is being made too; both share what it has. */
    public void merge(JsonObject more) {
        more.members.forEach(this::mergeMember);
    }

    private void mergeMember(String name, Object value) {
        Object there = members.putIfAbsent(name, value);
        if (there instanceof JsonObject object) {
            if (value instanceof JsonObject more) {
                object.merge(more);
            } else if (value instanceof Json json) {
                for (Json.Member member : json.members()) {
                    object.mergeMember(member.name(), member.value());
                }
            }
        }
    }

    /** Leaves out all members but those of these names that are not null. */
    public void retain(Set<String> names) {
        members.entrySet()
                .removeIf(member ->
                        !names.contains(member.getKey())
                                || member.getValue() instanceof Json json && json.isNull());
    }

    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** Whether a text of this name was put that is just this one. */
    public boolean says(String name, String text) {
        return text.equals(members.get(name));
    }

    public void remove(String name) {
        members.remove(name);
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    public byte[] toBytes() {
        JsonBuffer buffer = new JsonBuffer(room());
        writeTo(buffer);
        return buffer.toBytes();
    }

    /** The finished value; what is put later does not change it. */
    public Json toJson() {
        return Json.parse(toBytes());
    }

    int room() {
        int room = 1;
        for (Map.Entry<String, Object> member : members.entrySet()) {
            // names are plain, as a rule: for others the buffer grows
            room += 4 + member.getKey().length() + JsonValues.room(member.getValue());
        }
        return Math.max(room, 2);
    }

    void writeTo(JsonBuffer out) {
        char before = '{';
        for (Map.Entry<String, Object> member : members.entrySet()) {
            out.ascii(before);
            out.quoted(member.getKey());
            out.ascii(':');
            JsonValues.write(member.getValue(), out);
            before = ',';
        }
        if (before == '{') {
            out.ascii('{');
        }
        out.ascii('}');
    }

    @Override
    public String toString() {
        return new String(toBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
