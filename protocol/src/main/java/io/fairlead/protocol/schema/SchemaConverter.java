package io.fairlead.protocol.schema;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.schema.SchemaReferences.Trail;
import io.fairlead.protocol.schema.SchemaRules.Nulls;
import io.fairlead.protocol.schema.SchemaRules.Objects;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Converts one schema. Size and depth of the result are bounded, so that references that point to
 * each other cost no more than others. Confined to one thread.
 */
final class SchemaConverter {
    private static final int MOST_NODES = 4_000;
    private static final int DEEPEST = 48;
    private static final int MOST_LOSSES = 50;

    private final Json root;
    private final SchemaRules rules;
    private final SchemaReferences references;
    private final List<String> lost = new ArrayList<>();

    /** The definitions that are referred to, and whether each is written. */
    private final Map<String, Boolean> definitions = new LinkedHashMap<>();

    private int nodes;

    SchemaConverter(Json root, SchemaRules rules) {
        this.root = root;
        this.rules = rules;
        this.references = new SchemaReferences(root);
    }

    Converted convert() {
        JsonObject out = write(root, new Place("$", 0, null), false);
        if (!definitions.isEmpty()) {
            JsonObject defs = out.object("$defs");
            for (String name = nextDefinition(); name != null; name = nextDefinition()) {
                defs.put(name, definition(name));
            }
        }
        Json made = out.toJson();
        return new Converted(made.equals(root) ? root : made, lost);
    }

    private JsonObject definition(String name) {
        definitions.put(name, true);
        String reference = "#/$defs/" + name;
        Json target =
                references
                        .target(reference)
                        .or(() -> references.target("#/definitions/" + name))
                        .orElse(Json.EMPTY_OBJECT);
        return write(target, new Place(reference, 1, new Trail(reference, null)), false);
    }

    private @Nullable String nextDefinition() {
        for (Map.Entry<String, Boolean> definition : definitions.entrySet()) {
            if (!definition.getValue()) {
                return definition.getKey();
            }
        }
        return null;
    }

    /** Where in the schema we are, and how we got there. */
    record Place(String path, int depth, @Nullable Trail trail) {
        Place in(String step, @Nullable Trail way) {
            return new Place(path + "." + step, depth + 1, way);
        }

        boolean isRoot() {
            return depth == 0;
        }
    }

    void lose(Place place, String what) {
        if (lost.size() < MOST_LOSSES) {
            lost.add(place.path() + ": " + what);
        }
    }

    /**
     * @param orNull whether null is valid besides
     */
    JsonObject write(Json schema, Place place, boolean orNull) {
        if (++nodes > MOST_NODES || place.depth() > DEEPEST) {
            lose(place, "too large");
            return new JsonObject();
        }
        if (!schema.isObject()) {
            if (schema.kind() != Json.Kind.BOOLEAN || !schema.truth()) {
                lose(place, "nothing is valid");
            }
            return new JsonObject();
        }
        Optional<String> reference = schema.get("$ref").filter(Json::isString).map(Json::text);
        if (reference.isPresent() && kept(schema, reference.get(), place)) {
            String name = SchemaReferences.definition(reference.get()).orElseThrow();
            definitions.putIfAbsent(name, false);
            JsonObject out = new JsonObject().put("$ref", "#/$defs/" + name);
            return orNull ? eitherOrNull(out) : out;
        }
        SchemaNode node = new SchemaNode();
        Trail trail = gather(node, schema, place, place.trail());
        return new SchemaWriter(this, rules, new Place(place.path(), place.depth(), trail))
                .write(node, orNull);
    }

    /** Whether a reference stays one: where it is all there is, or leads round in a circle. */
    private boolean kept(Json schema, String reference, Place place) {
        Optional<String> name = SchemaReferences.definition(reference);
        if (!rules.references() || place.isRoot() || name.isEmpty()) {
            return false;
        }
        return schema.members().size() == 1
                || Trail.has(place.trail(), reference)
                || Trail.has(place.trail(), "#/$defs/" + name.get());
    }

    static JsonObject eitherOrNull(JsonObject out) {
        return new JsonObject()
                .put("anyOf", new JsonArray().add(out).add(new JsonObject().put("type", "null")));
    }

    /** Takes all that must hold into the node: the schema's own words, and what it refers to. */
    @Nullable Trail gather(SchemaNode node, Json schema, Place place, @Nullable Trail way) {
        if (++nodes > MOST_NODES) {
            lose(place, "too large");
            return way;
        }
        Trail trail = way;
        Optional<Json> all = Optional.empty();
        Optional<Json> reference = Optional.empty();
        for (Json.Member member : schema.members()) {
            switch (member.name()) {
                case "allOf" -> all = Optional.of(member.value());
                case "$ref" -> reference = Optional.of(member.value());
                case "$defs", "definitions", "$schema", "$id", "$anchor", "$comment" -> {}
                default -> node.and(member.name(), member.value());
            }
        }
        if (reference.isPresent() && reference.get().isString()) {
            String to = reference.get().text();
            Optional<Json> target = references.target(to);
            if (target.isEmpty()) {
                lose(place, "$ref");
            } else if (Trail.has(trail, to)) {
                lose(place, "recursion");
                Optional<Json> type = target.get().get("type");
                type.ifPresent(is -> node.and("type", is));
            } else {
                trail = gather(node, target.get(), place, new Trail(to, trail));
            }
        }
        for (Json one : all.orElse(Json.EMPTY_ARRAY).elements()) {
            trail = gather(node, one, place, trail);
        }
        for (String conflict : node.conflicts()) {
            lose(place, conflict);
        }
        node.conflicts().clear();
        return trail;
    }

    boolean nullsAreMembers() {
        return rules.nulls() != Nulls.KEYWORD;
    }

    boolean rootMustBeObject() {
        return rules.objects() == Objects.CLOSED_AND_FULL || rules.nulls() == Nulls.KEYWORD;
    }
}
