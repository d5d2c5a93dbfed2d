package io.fairlead.protocol.codec;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.json.MalformedJson;

/**
 * Arguments of a call, which some protocols have as JSON text and others as an object. Stateless:
 * any thread.
 */
public final class Arguments {
    /** Under this name stands a text that is no JSON object, where an object must be. */
    public static final String UNREADABLE = "_unreadable_arguments";

    private Arguments() {}

    /**
     * The object that this text is. Nothing at all and {@code null} are the empty object; a text
     * that is no object is kept under {@link #UNREADABLE}, so that the model sees what it wrote.
     */
    public static Json object(String text) {
        if (text.isBlank()) {
            return Json.EMPTY_OBJECT;
        }
        try {
            Json value = Json.parse(text);
            if (value.isObject()) {
                return value;
            }
            if (value.isNull()) {
                return Json.EMPTY_OBJECT;
            }
        } catch (MalformedJson broken) {
            // As below.
        }
        return new JsonObject().put(UNREADABLE, text).toJson();
    }

    /** The text of an object; of one that {@link #object} made of another text, that text. */
    public static String text(Json object) {
        return object.get(UNREADABLE)
                .filter(value -> value.isString() && object.members().size() == 1)
                .map(Json::text)
                .orElseGet(object::toString);
    }
}
