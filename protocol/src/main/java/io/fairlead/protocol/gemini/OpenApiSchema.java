package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.Json.Kind;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Google's older schemas, in the manner of OpenAPI 3.0: types in upper case or as numbers, {@code
 * nullable}, limits as text. They are read as JSON Schema and written again as they came; where
 * that would not give the same, the schema is left as it is. Stateless: any thread.
 */
final class OpenApiSchema {
    private static final String FORM = "openapi:";
    private static final String UNCHANGED = "openapi-unchanged:";
    private static final String NUMBERS = "openapi-numbers:";
    private static final String LOWER = "openapi-lower:";
    private static final String LIMITS_AS_TEXT = "openapi-limits-as-text:";

    /** By number; 0 says nothing. */
    private static final List<String> TYPES =
            List.of("", "STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL");

    private static final Set<String> LIMITS =
            Set.of(
                    "minItems",
                    "maxItems",
                    "minLength",
                    "maxLength",
                    "minProperties",
                    "maxProperties");

    private final Style style;

    private OpenApiSchema(Style style) {
        this.style = style;
    }

    /** How types and limits are written. */
    private record Style(boolean numbers, boolean lower, boolean limitsAsText) {}

    /** The schema that stands under this name, as JSON Schema. */
    static Json read(Json schema, String name, ProtoFields owner) {
        owner.take(name);
        owner.form(FORM + name);
        Style style = styleOf(schema, new Style(false, false, false));
        OpenApiSchema conversion = new OpenApiSchema(style);
        Json read = conversion.toJsonSchema(schema);
        if (!conversion.fromJsonSchema(read).equals(schema)) {
            owner.form(UNCHANGED + name);
            return schema;
        }
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

    /** The schema as it came. */
    static Json write(Json schema, String name, Spelling spelling) {
        if (spelling.form(UNCHANGED + name)) {
            return schema;
        }
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
            } else if (LIMITS.contains(member.name()) && value.isString()) {
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

    private Json toJsonSchema(Json schema) {
        return schema.isObject() ? convert(schema, true).toJson() : schema;
    }

    private Json fromJsonSchema(Json schema) {
        return schema.isObject() ? convert(schema, false).toJson() : schema;
    }

    private JsonObject convert(Json schema, boolean reading) {
        JsonObject result = new JsonObject();
        boolean nullable =
                reading
                        ? schema.get("nullable").filter(n -> n.equals(Json.TRUE)).isPresent()
                        : schema.get("type").filter(OpenApiSchema::isNullable).isPresent();
        for (Json.Member member : schema.members()) {
            Json value = member.value();
            switch (member.name()) {
                case "type" -> type(value, nullable, reading, result);
                case "nullable" -> {
                    if (!reading || !nullable || schema.get("type").isEmpty()) {
                        result.put("nullable", value);
                    }
                }
                case "properties" -> {
                    JsonObject properties = new JsonObject();
                    for (Json.Member property : value.members()) {
                        put(properties, property.name(), property.value(), reading);
                    }
                    if (value.isObject()) {
                        result.put("properties", properties);
                    } else {
                        result.put("properties", value);
                    }
                }
                case "items", "additionalProperties" -> put(result, member.name(), value, reading);
                case "anyOf", "oneOf", "allOf", "prefixItems" -> {
                    JsonArray array = new JsonArray();
                    for (Json element : value.elements()) {
                        add(array, element, reading);
                    }
                    if (value.isArray()) {
                        result.put(member.name(), array);
                    } else {
                        result.put(member.name(), value);
                    }
                }
                default -> limit(member.name(), value, reading, result);
            }
        }
        if (!reading && nullable) {
            result.put("nullable", true);
        }
        return result;
    }

    private void put(JsonObject into, String name, Json value, boolean reading) {
        if (value.isObject()) {
            into.put(name, convert(value, reading));
        } else {
            into.put(name, value);
        }
    }

    private void add(JsonArray into, Json value, boolean reading) {
        if (value.isObject()) {
            into.add(convert(value, reading));
        } else {
            into.add(value);
        }
    }

    private void limit(String name, Json value, boolean reading, JsonObject result) {
        boolean limit = style.limitsAsText && LIMITS.contains(name);
        if (limit && reading && value.isString() && isCount(value.text())) {
            result.put(name, Long.parseLong(value.text()));
        } else if (limit && !reading && value.kind() == Kind.NUMBER) {
            result.put(name, Long.toString(value.whole()));
        } else {
            result.put(name, value);
        }
    }

    private static boolean isCount(String text) {
        if (text.isEmpty() || text.length() > 15) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private void type(Json value, boolean nullable, boolean reading, JsonObject result) {
        if (reading) {
            String word = wordOf(value);
            if (word.isEmpty()) {
                result.put("type", value);
            } else if (nullable) {
                result.put("type", new JsonArray().add(word).add("null"));
            } else {
                result.put("type", word);
            }
            return;
        }
        Json single = nullable ? value.elements().getFirst() : value;
        int number = single.isString() ? TYPES.indexOf(upper(single)) : -1;
        if (number < 1) {
            result.put("type", single);
        } else if (style.numbers) {
            result.put("type", number);
        } else {
            result.put("type", style.lower ? single : Json.of(upper(single)));
        }
    }

    private static String upper(Json text) {
        return text.text().toUpperCase(Locale.ROOT);
    }

    private static boolean isNullable(Json type) {
        List<Json> types = type.elements();
        return types.size() == 2 && types.get(0).isString() && types.get(1).is("null");
    }

    /** The type's word in lower case; empty if it is none. */
    private static String wordOf(Json type) {
        if (type.kind() == Kind.NUMBER) {
            long number = type.whole();
            return number > 0 && number < TYPES.size()
                    ? TYPES.get((int) number).toLowerCase(Locale.ROOT)
                    : "";
        }
        return type.isString() && TYPES.contains(upper(type))
                ? upper(type).toLowerCase(Locale.ROOT)
                : "";
    }
}
