package io.fairlead.protocol.json;

import java.math.BigDecimal;

/** The values that may stand in an object or array being made. Stateless: any thread. */
final class JsonValues {
    private JsonValues() {}

    static Object checked(Object value) {
        return switch (value) {
            case String text -> text;
            case JsonString text -> text;
            case Json json -> json;
            case Long number -> number;
            case Integer number -> number.longValue();
            case BigDecimal number -> number;
            case Boolean truth -> truth;
            case JsonObject object -> object;
            case JsonArray array -> array;
            default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
        };
    }

    /** About how many bytes it takes, rather too many than too few. */
    static int room(Object value) {
        return switch (value) {
            case String text -> text.length() + (text.length() >> 4) + 4;
            case JsonString text -> text.room();
            case Json json -> json.to() - json.from();
            case JsonObject object -> object.room();
            case JsonArray array -> array.room();
            default -> 12;
        };
    }

    static void write(Object value, JsonBuffer out) {
        switch (value) {
            case String text -> out.quoted(text);
            case JsonString text -> text.writeTo(out);
            case Json json -> out.raw(json);
            case JsonObject object -> object.writeTo(out);
            case JsonArray array -> array.writeTo(out);
            // Numbers and truths look in JSON as they do in Java.
            default -> out.ascii(value.toString());
        }
    }
}
