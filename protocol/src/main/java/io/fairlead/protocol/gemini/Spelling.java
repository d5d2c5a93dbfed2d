package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How the fields of a message were written, so that they are written so again; see {@link
 * ProtoFields}. Without forms it is the way of Google's own documents. Immutable.
 *
 * @param beside what was kept of the message
 */
record Spelling(Beside beside) {
    static final String SNAKE = "snake:";
    static final String TEXT = "text:";
    static final String LOWER = "lower:";
    static final String ONE = "one:";

    /** By name in camel case; the names are constants of this package, so it does not grow. */
    private static final Map<String, String> SNAKES = new ConcurrentHashMap<>();

    static String snake(String camel) {
        return SNAKES.computeIfAbsent(camel, Spelling::underscored);
    }

    private static String underscored(String camel) {
        StringBuilder snake = new StringBuilder(camel.length() + 4);
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (Character.isUpperCase(c)) {
                snake.append('_').append(Character.toLowerCase(c));
            } else {
                snake.append(c);
            }
        }
        return snake.toString();
    }

    /** The name in camel case, whichever it is in. */
    static String camel(String name) {
        int underscore = name.indexOf('_');
        if (underscore < 0) {
            return name;
        }
        StringBuilder camel = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_' && i + 1 < name.length()) {
                i++;
                camel.append(Character.toUpperCase(name.charAt(i)));
            } else {
                camel.append(c);
            }
        }
        return camel.toString();
    }

    boolean form(String form) {
        return !beside.forms().isEmpty() && beside.form(ProtoFields.ORIGIN, form);
    }

    private boolean form(String kind, String camel) {
        return !beside.forms().isEmpty() && beside.form(ProtoFields.ORIGIN, kind + camel);
    }

    String name(String camel) {
        return form(SNAKE, camel) ? snake(camel) : camel;
    }

    /** Puts what is there: a String, Json, Boolean or BigDecimal. */
    void put(JsonObject into, String camel, Optional<?> value) {
        if (value.isPresent()) {
            into.put(name(camel), value);
        }
    }

    /** Puts a number, as text if it was text. */
    void number(JsonObject into, String camel, Optional<? extends Number> value) {
        if (value.isPresent()) {
            if (form(TEXT, camel)) {
                into.put(name(camel), value.get().toString());
            } else {
                into.put(name(camel), value);
            }
        }
    }

    /** Puts an enum's word. */
    void word(JsonObject into, String camel, String upper) {
        into.put(name(camel), form(LOWER, camel) ? upper.toLowerCase(Locale.ROOT) : upper);
    }

    /** Puts a list, without brackets if it came so. */
    void list(JsonObject into, String camel, List<JsonObject> elements) {
        if (elements.size() == 1 && form(ONE, camel)) {
            into.put(name(camel), elements.getFirst());
            return;
        }
        JsonArray array = into.array(name(camel));
        elements.forEach(array::add);
    }

    /** The object under this name, to be filled. */
    JsonObject object(JsonObject into, String camel) {
        return into.object(name(camel));
    }

    /** Puts back what nobody understood. */
    void rest(JsonObject into) {
        if (!beside.members().isEmpty()) {
            into.merge(beside.of(ProtoFields.ORIGIN));
        }
    }
}
