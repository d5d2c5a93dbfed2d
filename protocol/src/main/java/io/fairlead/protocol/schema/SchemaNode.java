package io.fairlead.protocol.schema;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The keywords of one schema, with those of others taken in as {@code allOf} means it. Confined to
 * one thread.
 */
final class SchemaNode {
    private static final Set<String> ANNOTATIONS =
            Set.of("description", "title", "default", "examples", "example", "$comment");

    private final SequencedMap<String, Json> keywords = new LinkedHashMap<>();
    private final List<String> conflicts = new ArrayList<>();

    /** The keywords that could not be brought together with those that stood there. */
    List<String> conflicts() {
        return conflicts;
    }

    SequencedMap<String, Json> keywords() {
        return keywords;
    }

    Optional<Json> get(String name) {
        return Optional.ofNullable(keywords.get(name));
    }

    Optional<Json> take(String name) {
        return Optional.ofNullable(keywords.remove(name));
    }

    void put(String name, Json value) {
        keywords.put(name, value);
    }

    static boolean annotates(String keyword) {
        return ANNOTATIONS.contains(keyword);
    }

    /** What must hold as well. */
    void and(String keyword, Json value) {
        Json there = keywords.get(keyword);
        if (there == null) {
            keywords.put(keyword, value);
            return;
        }
        if (there.equals(value) || ANNOTATIONS.contains(keyword)) {
            return;
        }
        switch (keyword) {
            case "properties" -> keywords.put(keyword, bothProperties(there, value));
            case "required" -> keywords.put(keyword, union(there, value));
            case "enum" -> keywords.put(keyword, intersection(there, value));
            case "type" -> types(there, value);
            case "minimum", "exclusiveMinimum", "minItems", "minLength", "minProperties" ->
                    bound(keyword, there, value, 1);
            case "maximum", "exclusiveMaximum", "maxItems", "maxLength", "maxProperties" ->
                    bound(keyword, there, value, -1);
            case "items" -> keywords.put(keyword, both(there, value));
            case "additionalProperties" -> {
                if (isTrue(there)) {
                    keywords.put(keyword, value);
                } else if (!isTrue(value)) {
                    conflicts.add(keyword);
                }
            }
            default -> conflicts.add(keyword);
        }
    }

    private static boolean isTrue(Json value) {
        return value.kind() == Json.Kind.BOOLEAN && value.truth();
    }

    private void types(Json there, Json value) {
        JsonArray common = new JsonArray();
        List<String> wanted = typesOf(value);
        for (String type : typesOf(there)) {
            if (wanted.contains(type) || (type.equals("integer") && wanted.contains("number"))) {
                common.add(type);
            } else if (type.equals("number") && wanted.contains("integer")) {
                common.add("integer");
            }
        }
        if (common.toJson().isEmpty()) {
            conflicts.add("type");
        } else {
            keywords.put("type", common.toJson());
        }
    }

    static List<String> typesOf(Json type) {
        if (type.isString()) {
            return List.of(type.text());
        }
        List<String> types = new ArrayList<>();
        for (Json one : type.elements()) {
            if (one.isString()) {
                types.add(one.text());
            }
        }
        return types;
    }

    private void bound(String keyword, Json there, Json value, int sign) {
        if (there.kind() != Json.Kind.NUMBER || value.kind() != Json.Kind.NUMBER) {
            conflicts.add(keyword);
        } else if (value.number().compareTo(there.number()) * sign > 0) {
            keywords.put(keyword, value);
        }
    }

    private static Json bothProperties(Json one, Json other) {
        Map<String, Json> all = new LinkedHashMap<>();
        one.members().forEach(member -> all.put(member.name(), member.value()));
        other.members()
                .forEach(member -> all.merge(member.name(), member.value(), SchemaNode::both));
        JsonObject object = new JsonObject();
        all.forEach(object::put);
        return object.toJson();
    }

    private static Json both(Json one, Json other) {
        if (one.equals(other)) {
            return one;
        }
        return new JsonObject().put("allOf", new JsonArray().add(one).add(other)).toJson();
    }

    private static Json union(Json one, Json other) {
        Set<Json> all = new java.util.LinkedHashSet<>(one.elements());
        all.addAll(other.elements());
        JsonArray array = new JsonArray();
        all.forEach(array::add);
        return array.toJson();
    }

    private static Json intersection(Json one, Json other) {
        JsonArray array = new JsonArray();
        Set<Json> others = Set.copyOf(new java.util.HashSet<>(other.elements()));
        for (Json value : one.elements()) {
            if (others.contains(value)) {
                array.add(value);
            }
        }
        return array.toJson();
    }
}
