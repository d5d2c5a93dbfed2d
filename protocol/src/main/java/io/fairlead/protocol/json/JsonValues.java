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

    /** How many bytes it takes: just as many, so that what is written need not be copied. */
    static int room(Object value) {
        return switch (value) {
            case String text -> 2 + JsonBuffer.length(text);
            case JsonString text -> text.room();
            case Json json -> json.to() - json.from();
            case JsonObject object -> object.room();
            case JsonArray array -> array.room();
            case Boolean truth -> truth ? 4 : 5;
            case Long number when number >= 0 -> digits(number);
            default -> value.toString().length();
        };
    }

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
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
