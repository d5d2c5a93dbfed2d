package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.Json.Kind;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a schema in Google's older form means, as JSON Schema: any spelling of its words that Google
 * takes, and null among the values where it is allowed. Stateless: any thread.
 */
final class OpenApiMeaning {
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

    /** Says that a text has values to choose from, which they say themselves. */
    private static final String ENUM_FORMAT = "enum";

    private OpenApiMeaning() {}

    static boolean isLimit(String keyword) {
        return LIMITS.contains(keyword);
    }

    /** The number of a type, in whatever case it is written; 0 or less if it is none. */
    static int numberOf(String type) {
        return TYPES.indexOf(type.toUpperCase(Locale.ROOT));
    }

    static Json of(Json schema) {
        if (!schema.isObject()) {
            return schema;
        }
        boolean nullable = schema.get("nullable").filter(Json.TRUE::equals).isPresent();
        Optional<String> type = schema.get("type").flatMap(OpenApiMeaning::word);
        JsonObject result = new JsonObject();
        for (Json.Member member : schema.members()) {
            Json value = member.value();
            String name = Spelling.camel(member.name());
            switch (name) {
                case "type" -> type(value, type, nullable, result);
                case "nullable" -> {}
                case "enum" -> result.put(name, nullable ? withNull(value) : value);
                case "format" -> {
                    if (!value.is(ENUM_FORMAT)) {
                        result.put(name, value);
                    }
                }
                case "properties" -> result.put(name, properties(value));
                case "items", "additionalProperties" -> result.put(name, of(value));
                case "anyOf", "oneOf", "allOf", "prefixItems" ->
                        result.put(name, all(value, nullable && type.isEmpty() && isEither(name)));
                case "propertyOrdering" -> result.put(name, value);
                // Words nobody knows stay as they are written.
                default -> result.put(isLimit(name) ? name : member.name(), limit(name, value));
            }
        }
        return result.toJson();
    }

    private static boolean isEither(String keyword) {
        return keyword.equals("anyOf") || keyword.equals("oneOf");
    }

    private static void type(
            Json value, Optional<String> word, boolean nullable, JsonObject result) {
        if (word.isEmpty()) {
            if (!value.is("TYPE_UNSPECIFIED") && value.kind() != Kind.NUMBER) {
                result.put("type", value);
            }
        } else if (nullable) {
            result.put("type", new JsonArray().add(word.get()).add("null"));
        } else {
            result.put("type", word.get());
        }
    }

    private static Json properties(Json value) {
        if (!value.isObject()) {
            return value;
        }
        JsonObject properties = new JsonObject();
        for (Json.Member property : value.members()) {
            properties.put(property.name(), of(property.value()));
        }
        return properties.toJson();
    }

    private static Json all(Json schemas, boolean orNull) {
        if (!schemas.isArray()) {
            return schemas;
        }
        JsonArray array = new JsonArray();
        for (Json schema : schemas.elements()) {
            array.add(of(schema));
        }
        if (orNull) {
            array.add(new JsonObject().put("type", "null"));
        }
        return array.toJson();
    }

    private static Json withNull(Json values) {
        if (!values.isArray() || values.elements().contains(Json.NULL)) {
            return values;
        }
        JsonArray array = new JsonArray();
        values.elements().forEach(array::add);
        return array.add(Json.NULL).toJson();
    }

    private static Json limit(String name, Json value) {
        return isLimit(name) && value.isString() && isCount(value.text())
                ? Json.of(Long.parseLong(value.text()))
                : value;
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

    /** The type's word in lower case; none if it says nothing that is known. */
    private static Optional<String> word(Json type) {
        int number =
                type.isString()
                        ? numberOf(type.text())
                        : type.kind() == Kind.NUMBER && type.whole() < TYPES.size()
                                ? (int) type.whole()
                                : 0;
        return number > 0
                ? Optional.of(TYPES.get(number).toLowerCase(Locale.ROOT))
                : Optional.empty();
    }
}
