package io.fairlead.protocol.schema;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.schema.SchemaConverter.Place;
import io.fairlead.protocol.schema.SchemaRules.Objects;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes what stands inside: members of objects, elements of arrays. Confined to one thread. */
final class SchemaMembers {
    private final SchemaConverter converter;
    private final SchemaRules rules;
    private final Place place;

    SchemaMembers(SchemaConverter converter, SchemaRules rules, Place place) {
        this.converter = converter;
        this.rules = rules;
        this.place = place;
    }

    /** Takes from the node what it writes. */
    void write(SchemaNode node, String type, JsonObject out) {
        Optional<Json> properties = node.take("properties");
        Optional<Json> required = node.take("required");
        Optional<Json> others = node.take("additionalProperties");
        if (type.equals("object")) {
            named(properties, required, out);
            others(properties, others, out);
        }
        Optional<Json> items = node.take("items");
        items.ifPresent(of -> elements(of, out));
        if (rules.keywords().contains("prefixItems")) {
            node.take("prefixItems").ifPresent(first -> out.put("prefixItems", tuple(first)));
        }
    }

    private void named(Optional<Json> properties, Optional<Json> required, JsonObject out) {
        Set<String> musts = new HashSet<>();
        for (Json name : required.orElse(Json.EMPTY_ARRAY).elements()) {
            if (name.isString()) {
                musts.add(name.text());
            }
        }
        boolean full = rules.objects() == Objects.CLOSED_AND_FULL;
        Map<String, Json> named = new LinkedHashMap<>();
        for (Json.Member member : properties.orElse(Json.EMPTY_OBJECT).members()) {
            named.put(member.name(), member.value());
        }
        JsonObject members = new JsonObject();
        JsonArray names = new JsonArray();
        named.forEach((name, schema) -> {
            boolean optional = !musts.remove(name);
            Place inside = place.in(name, place.trail());
            boolean orNull = full && optional && !SchemaTypes.allowsNull(schema);
            if (orNull) {
                converter.lose(inside, "optional");
            }
            members.put(name, converter.write(schema, inside, orNull));
            if (full || !optional) {
                names.add(name);
            }
        });
        if (properties.isPresent() || full) {
            out.put("properties", members);
        }
        for (String name : musts) {
            converter.lose(place, "required " + name);
        }
        if (required.isPresent() && !required.get().isEmpty() || full && !named.isEmpty()) {
            out.put("required", ordered(required, names));
        } else if (required.isPresent() && full) {
            out.put("required", names);
        }
    }

    /** In the order in which they were required, if all that is required is what was. */
    private static JsonArray ordered(Optional<Json> required, JsonArray names) {
        Json made = names.toJson();
        if (required.isPresent()) {
            List<Json> before = required.get().elements();
            Set<Json> wanted = new HashSet<>(made.elements());
            if (before.size() == wanted.size() && wanted.containsAll(before)) {
                JsonArray same = new JsonArray();
                before.forEach(same::add);
                return same;
            }
        }
        return names;
    }

    private void others(Optional<Json> properties, Optional<Json> others, JsonObject out) {
        boolean none = others.isPresent() && others.get().equals(Json.FALSE);
        switch (rules.objects()) {
            case ANY -> {
                if (others.isPresent() && others.get().isObject()) {
                    Place inside = place.in("*", place.trail());
                    out.put("additionalProperties", converter.write(others.get(), inside, false));
                } else {
                    out.put("additionalProperties", others);
                }
            }
            case NAMED_ONLY -> {
                if (others.isPresent() && !none) {
                    converter.lose(place, "additionalProperties");
                }
            }
            case CLOSED, CLOSED_AND_FULL -> {
                boolean open = properties.isEmpty() && !place.isRoot();
                if (others.isPresent() ? !none : open) {
                    converter.lose(place, "additionalProperties");
                }
                out.put("additionalProperties", false);
            }
        }
    }

    private void elements(Json items, JsonObject out) {
        if (items.isObject()) {
            out.put("items", converter.write(items, place.in("[]", place.trail()), false));
        } else if (items.isArray()) {
            converter.lose(place, "items");
            if (!items.isEmpty()) {
                out.put("items", new JsonObject().put("anyOf", tuple(items)));
            }
        } else if (!items.equals(Json.TRUE)) {
            converter.lose(place, "items");
        }
    }

    private JsonArray tuple(Json schemas) {
        JsonArray array = new JsonArray();
        for (Json schema : schemas.elements()) {
            array.add(converter.write(schema, place.in("[]", place.trail()), false));
        }
        return array;
    }
}
