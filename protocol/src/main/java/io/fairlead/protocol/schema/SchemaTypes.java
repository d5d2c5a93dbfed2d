package io.fairlead.protocol.schema;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What keywords say of types. Stateless: any thread. */
final class SchemaTypes {
    private static final Map<String, Set<String>> KEYWORDS =
            Map.of(
                    "object",
                    Set.of(
                            "properties",
                            "required",
                            "additionalProperties",
                            "minProperties",
                            "maxProperties",
                            "patternProperties",
                            "propertyNames",
                            "propertyOrdering",
                            "dependentRequired",
                            "dependentSchemas"),
                    "array",
                    Set.of(
                            "items",
                            "prefixItems",
                            "minItems",
                            "maxItems",
                            "uniqueItems",
                            "contains",
                            "minContains",
                            "maxContains"),
                    "string",
                    Set.of("minLength", "maxLength", "pattern"),
                    "number",
                    Set.of(
                            "minimum",
                            "maximum",
                            "exclusiveMinimum",
                            "exclusiveMaximum",
                            "multipleOf"));

    /** Keywords that say something to people only. */
    private static final Set<String> REMARKS =
            Set.of(
                    "title",
                    "default",
                    "example",
                    "examples",
                    "deprecated",
                    "readOnly",
                    "writeOnly",
                    "description",
                    "contentMediaType",
                    "contentEncoding",
                    "propertyOrdering",
                    "strict");

    private SchemaTypes() {}

    static boolean says(String keyword) {
        return REMARKS.contains(keyword) || keyword.startsWith("x-") || keyword.startsWith("$");
    }

    /** The type that is meant where none is said. */
    static Optional<String> of(SchemaNode node) {
        Optional<Json> values = node.get("enum");
        if (values.isPresent() && !values.get().isEmpty()) {
            List<Json> all = values.get().elements();
            String type = typeOf(all.getFirst());
            boolean same = all.stream().allMatch(value -> typeOf(value).equals(type));
            return same ? Optional.of(type) : Optional.empty();
        }
        for (String type : List.of("object", "array", "string", "number")) {
            for (String keyword : node.keywords().keySet()) {
                if (KEYWORDS.getOrDefault(type, Set.of()).contains(keyword)) {
                    return Optional.of(type);
                }
            }
        }
        return Optional.empty();
    }

    private static String typeOf(Json value) {
        return switch (value.kind()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case NUMBER -> value.number().stripTrailingZeros().scale() <= 0 ? "integer" : "number";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
        };
    }

    /** One schema for each type, with what concerns it. */
    static List<Json> oneEach(List<String> types, SchemaNode node) {
        List<Json> each = new ArrayList<>();
        for (String type : types) {
            JsonObject one = new JsonObject().put("type", type);
            String family = type.equals("integer") ? "number" : type;
            node.keywords()
                    .forEach((name, value) -> {
                        if (KEYWORDS.getOrDefault(family, Set.of()).contains(name)) {
                            one.put(name, value);
                        } else if (name.equals("enum")) {
                            one.put(name, ofType(value, type));
                        }
                    });
            each.add(one.toJson());
        }
        node.keywords().keySet().removeIf(name -> !SchemaNode.annotates(name));
        return each;
    }

    private static JsonArray ofType(Json values, String type) {
        JsonArray kept = new JsonArray();
        for (Json value : values.elements()) {
            String its = typeOf(value);
            if (its.equals(type) || (its.equals("integer") && type.equals("number"))) {
                kept.add(value);
            }
        }
        return kept;
    }

    /** Whether a schema says itself that null is valid. */
    static boolean allowsNull(Json schema) {
        Optional<Json> type = schema.get("type");
        if (type.isPresent() && SchemaNode.typesOf(type.get()).contains("null")) {
            return true;
        }
        for (String keyword : List.of("anyOf", "oneOf")) {
            for (Json branch : schema.get(keyword).orElse(Json.EMPTY_ARRAY).elements()) {
                if (branch.get("type").filter(t -> t.is("null")).isPresent()) {
                    return true;
                }
            }
        }
        return schema.get("nullable").filter(n -> n.equals(Json.TRUE)).isPresent();
    }

    /** Whether plainly nothing can follow two of these schemas: by type, or by a named value. */
    static boolean disjoint(List<Json> schemas) {
        return byType(schemas) || byValue(schemas, Optional.empty()) || byMember(schemas);
    }

    private static boolean byType(List<Json> schemas) {
        Set<String> seen = new HashSet<>();
        for (Json schema : schemas) {
            List<String> types = schema.get("type").map(SchemaNode::typesOf).orElse(List.of());
            for (String type : types) {
                if (!seen.add(type.equals("integer") ? "number" : type)) {
                    return false;
                }
            }
            if (types.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static boolean byMember(List<Json> schemas) {
        if (schemas.isEmpty()) {
            return true;
        }
        Json first = schemas.getFirst().get("properties").orElse(Json.EMPTY_OBJECT);
        for (Json.Member member : first.members()) {
            if (byValue(schemas, Optional.of(member.name()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean byValue(List<Json> schemas, Optional<String> member) {
        Set<Json> seen = new HashSet<>();
        for (Json schema : schemas) {
            Json valued = schema;
            if (member.isPresent()) {
                boolean must =
                        schema.get("required").orElse(Json.EMPTY_ARRAY).elements().stream()
                                .anyMatch(name -> name.is(member.get()));
                Optional<Json> named = schema.get("properties").flatMap(p -> p.get(member.get()));
                if (!must || named.isEmpty()) {
                    return false;
                }
                valued = named.get();
            }
            Optional<Json> constant = valued.get("const");
            List<Json> values =
                    constant.isPresent()
                            ? List.of(constant.get())
                            : valued.get("enum").orElse(Json.EMPTY_ARRAY).elements();
            for (Json value : values) {
                if (!seen.add(value)) {
                    return false;
                }
            }
            if (values.isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
