package io.fairlead.simulator.openai;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Iterator;
import java.util.Map;

/**
 * Makes a value that is valid for a JSON Schema: all required members, the smallest number of
 * items, the first choice of an enumeration or union, and a given text wherever any text will do.
 * Regular expressions ({@code pattern}) and {@code not} are not looked at. Confined to one thread.
 */
final class SchemaSample {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_DEPTH = 40;

    /** Beyond this depth only required members are made, which ends what refers to itself. */
    private static final int SPARSE_DEPTH = 6;

    private final JsonNode root;
    private final String text;

    private SchemaSample(JsonNode root, String text) {
        this.root = root;
        this.text = text;
    }

    static JsonNode of(JsonNode schema, String text) {
        return new SchemaSample(schema, text).sample(schema, 0);
    }

    private JsonNode sample(JsonNode schema, int depth) {
        if (depth > MAX_DEPTH || !schema.isObject()) {
            return NODES.stringNode(text);
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.path("enum").size() > 0) {
            return schema.get("enum").get(0);
        }
        if (schema.has("$ref")) {
            return sample(resolve(schema.get("$ref").asString()), depth + 1);
        }
        JsonNode union = schema.has("anyOf") ? schema.get("anyOf") : schema.path("oneOf");
        if (union.size() > 0) {
            return sample(choice(union, depth), depth + 1);
        }
        if (schema.path("allOf").size() > 0) {
            return all(schema, depth);
        }
        return switch (type(schema, depth)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer" -> integer(schema);
            case "number" -> number(schema);
            case "boolean" -> NODES.booleanNode(true);
            case "null" -> NODES.nullNode();
            default -> string(schema);
        };
    }

    /** Deep down a union's null is taken where there is one, else its first choice. */
    private static JsonNode choice(JsonNode union, int depth) {
        if (depth > SPARSE_DEPTH) {
            for (JsonNode option : union) {
                if (option.path("type").asString("").equals("null")) {
                    return option;
                }
            }
            return union.get(union.size() - 1);
        }
        return union.get(0);
    }

    private static String type(JsonNode schema, int depth) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            for (JsonNode option : type) {
                if (option.asString().equals("null") == depth > SPARSE_DEPTH) {
                    return option.asString();
                }
            }
            return type.path(0).asString("string");
        } else if (type.isString()) {
            return type.asString();
        } else if (schema.has("properties")) {
            return "object";
        }
        return schema.has("items") ? "array" : "string";
    }

    private JsonNode resolve(String reference) {
        String pointer = reference.startsWith("#") ? reference.substring(1) : reference;
        return pointer.isEmpty() ? root : root.at(pointer);
    }

    private JsonNode all(JsonNode schema, int depth) {
        ObjectNode merged = NODES.objectNode();
        ObjectNode own = ((ObjectNode) schema).deepCopy();
        own.remove("allOf");
        merge(merged, own);
        for (JsonNode part : schema.get("allOf")) {
            merge(merged, part.has("$ref") ? resolve(part.get("$ref").asString()) : part);
        }
        return sample(merged, depth + 1);
    }

    private static void merge(ObjectNode into, JsonNode part) {
        for (Map.Entry<String, JsonNode> entry : part.properties()) {
            JsonNode there = into.get(entry.getKey());
            if (there instanceof ObjectNode object && entry.getValue().isObject()) {
                object.setAll((ObjectNode) entry.getValue());
            } else if (there instanceof ArrayNode array && entry.getKey().equals("required")) {
                entry.getValue().forEach(array::add);
            } else {
                into.set(entry.getKey(), entry.getValue().deepCopy());
            }
        }
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = NODES.objectNode();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            boolean required = contains(schema.path("required"), property.getKey());
            if (required || depth <= SPARSE_DEPTH) {
                object.set(property.getKey(), sample(property.getValue(), depth + 1));
            }
        }
        for (JsonNode name : schema.path("required")) {
            if (!object.has(name.asString())) {
                object.put(name.asString(), text);
            }
        }
        return object;
    }

    private static boolean contains(JsonNode names, String name) {
        for (JsonNode each : names) {
            if (each.asString().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode array = NODES.arrayNode();
        for (Iterator<JsonNode> fixed = schema.path("prefixItems").iterator(); fixed.hasNext(); ) {
            array.add(sample(fixed.next(), depth + 1));
        }
        int atLeast = schema.path("minItems").asInt(0);
        int wanted =
                depth > SPARSE_DEPTH || schema.path("maxItems").asInt(1) == 0
                        ? atLeast
                        : Math.max(1, atLeast);
        while (array.size() < wanted) {
            array.add(sample(schema.path("items"), depth + 1));
        }
        return array;
    }

    private static JsonNode integer(JsonNode schema) {
        long value = 1;
        if (schema.has("minimum")) {
            value = Math.max(value, (long) Math.ceil(schema.get("minimum").asDouble()));
        }
        if (schema.has("exclusiveMinimum")) {
            value =
                    Math.max(
                            value,
                            (long) Math.floor(schema.get("exclusiveMinimum").asDouble()) + 1);
        }
        if (schema.has("maximum")) {
            value = Math.min(value, (long) Math.floor(schema.get("maximum").asDouble()));
        }
        if (schema.has("exclusiveMaximum")) {
            value =
                    Math.min(
                            value, (long) Math.ceil(schema.get("exclusiveMaximum").asDouble()) - 1);
        }
        long multiple = schema.path("multipleOf").asLong(1);
        return NODES.numberNode(Math.ceilDiv(value, Math.max(1, multiple)) * Math.max(1, multiple));
    }

    private static JsonNode number(JsonNode schema) {
        double low =
                schema.path("minimum")
                        .asDouble(schema.path("exclusiveMinimum").asDouble(Double.NaN));
        double high =
                schema.path("maximum")
                        .asDouble(schema.path("exclusiveMaximum").asDouble(Double.NaN));
        if (schema.has("multipleOf")) {
            return integer(schema);
        } else if (!Double.isNaN(low) && !Double.isNaN(high)) {
            return NODES.numberNode(low + (high - low) / 2);
        } else if (!Double.isNaN(low)) {
            return NODES.numberNode(low + 1.5);
        }
        return NODES.numberNode(Double.isNaN(high) ? 1.5 : high - 1.5);
    }

    private JsonNode string(JsonNode schema) {
        String value =
                switch (schema.path("format").asString("")) {
                    case "date-time" -> "2026-01-02T03:04:05Z";
                    case "date" -> "2026-01-02";
                    case "time" -> "03:04:05Z";
                    case "duration" -> "PT1H";
                    case "email" -> "sim@example.com";
                    case "hostname" -> "example.com";
                    case "uri", "url" -> "https://example.com/";
                    case "uuid" -> "01234567-89ab-4cde-8f01-23456789abcd";
                    case "ipv4" -> "192.0.2.1";
                    case "ipv6" -> "2001:db8::1";
                    default -> text;
                };
        int least = schema.path("minLength").asInt(0);
        if (value.codePointCount(0, value.length()) < least) {
            value += "x".repeat(least - value.codePointCount(0, value.length()));
        }
        int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        if (value.codePointCount(0, value.length()) > most) {
            value = value.substring(0, value.offsetByCodePoints(0, most));
        }
        return NODES.stringNode(value);
    }
}
