package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.Json.Kind;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.List;
import java.util.Locale;

/**
 * Google's older schemas, in the manner of OpenAPI 3.0: types in upper case or as numbers, {@code
 * nullable}, limits as text. They are read as JSON Schema ({@link OpenApiMeaning}) and written
 * again as they came. Stateless: any thread.
 */
final class OpenApiSchema {
    private static final String FORM = "openapi:";
    private static final String UNCHANGED = "openapi-unchanged:";
    private static final String NUMBERS = "openapi-numbers:";
    private static final String LOWER = "openapi-lower:";
    private static final String LIMITS_AS_TEXT = "openapi-limits-as-text:";

    private final Style style;

    private OpenApiSchema(Style style) {
        this.style = style;
    }

    /** How types and limits are written. */
    private record Style(boolean numbers, boolean lower, boolean limitsAsText) {}

    /**
     * The schema that stands under this name, as JSON Schema. Where that could not be written again
     * as it came, the schema stays in the rest besides.
     */
    static Json read(Json schema, String name, ProtoFields owner) {
        owner.form(FORM + name);
        Style style = styleOf(schema, new Style(false, false, false));
        Json read = OpenApiMeaning.of(schema);
        if (!new OpenApiSchema(style).fromJsonSchema(read).equals(schema)) {
            owner.form(UNCHANGED + name);
            return read;
        }
        owner.take(name);
        formIf(style.numbers, owner, NUMBERS + name);
        formIf(style.lower, owner, LOWER + name);
        formIf(style.limitsAsText, owner, LIMITS_AS_TEXT + name);
        return read;
    }

    private static void formIf(boolean so, ProtoFields owner, String form) {
        if (so) {
            owner.form(form);
        }
    }

    static boolean isForm(Spelling spelling, String name) {
        return spelling.form(FORM + name);
    }

    /** Whether the schema stands in the rest as it came. */
    static boolean isInRest(Spelling spelling, String name) {
        return spelling.form(UNCHANGED + name);
    }

    /** The schema as it came. */
    static Json write(Json schema, String name, Spelling spelling) {
        Style style =
                new Style(
                        spelling.form(NUMBERS + name),
                        spelling.form(LOWER + name),
                        spelling.form(LIMITS_AS_TEXT + name));
        return new OpenApiSchema(style).fromJsonSchema(schema);
    }

    private static Style styleOf(Json schema, Style known) {
        Style style = known;
        for (Json.Member member : schema.members()) {
            Json value = member.value();
            if (member.name().equals("type") && value.kind() == Kind.NUMBER) {
                style = new Style(true, style.lower, style.limitsAsText);
            } else if (member.name().equals("type") && value.isString()) {
                boolean lower = !value.text().equals(value.text().toUpperCase(Locale.ROOT));
                style = new Style(style.numbers, lower, style.limitsAsText);
            } else if (OpenApiMeaning.isLimit(member.name()) && value.isString()) {
                style = new Style(style.numbers, style.lower, true);
            } else if (member.name().equals("properties")) {
                for (Json.Member property : value.members()) {
                    style = styleOf(property.value(), style);
                }
            } else if (value.isObject()) {
                style = styleOf(value, style);
            } else if (value.isArray()) {
                for (Json element : value.elements()) {
                    style = styleOf(element, style);
                }
            }
        }
        return style;
    }

    private Json fromJsonSchema(Json schema) {
        return schema.isObject() ? written(schema).toJson() : schema;
    }

    private JsonObject written(Json schema) {
        JsonObject result = new JsonObject();
        boolean nullable = schema.get("type").filter(OpenApiSchema::isNullable).isPresent();
        for (Json.Member member : schema.members()) {
            Json value = member.value();
            switch (member.name()) {
                case "type" -> type(value, nullable, result);
                case "properties" -> {
                    JsonObject properties = new JsonObject();
                    for (Json.Member property : value.members()) {
                        properties.put(property.name(), fromJsonSchema(property.value()));
                    }
                    result.put("properties", properties);
                }
                case "items", "additionalProperties" ->
                        result.put(member.name(), fromJsonSchema(value));
                case "anyOf", "oneOf", "allOf", "prefixItems" -> {
                    JsonArray array = new JsonArray();
                    for (Json element : value.elements()) {
                        array.add(fromJsonSchema(element));
                    }
                    result.put(member.name(), array);
                }
                default -> {
                    boolean text = style.limitsAsText && OpenApiMeaning.isLimit(member.name());
                    if (text && value.kind() == Kind.NUMBER) {
                        result.put(member.name(), Long.toString(value.whole()));
                    } else {
                        result.put(member.name(), value);
                    }
                }
            }
        }
        if (nullable) {
            result.put("nullable", true);
        }
        return result;
    }

    private void type(Json value, boolean nullable, JsonObject result) {
        Json single = nullable ? value.elements().getFirst() : value;
        int number = single.isString() ? OpenApiMeaning.numberOf(single.text()) : 0;
        if (number < 1) {
            result.put("type", single);
        } else if (style.numbers) {
            result.put("type", number);
        } else {
            result.put(
                    "type", style.lower ? single : Json.of(single.text().toUpperCase(Locale.ROOT)));
        }
    }

    private static boolean isNullable(Json type) {
        List<Json> types = type.elements();
        return types.size() == 2 && types.get(0).isString() && types.get(1).is("null");
    }
}
