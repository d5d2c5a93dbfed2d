package io.fairlead.protocol.schema;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.schema.SchemaRules.Nulls;
import io.fairlead.protocol.schema.SchemaRules.Objects;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sees whether a schema is in a dialect as it stands, without converting it: most are, and come
 * again with every request. Whatever it is not sure of is not plain. Immutable.
 */
final class SchemaPlain {
    private static final int DEEPEST = 24;

    /** Above that, names are better looked up in a table. */
    private static final int MOST_MEMBERS = 64;

    private static final String DEFINITIONS = "#/$defs/";

    private final SchemaRules rules;
    private final List<String> words;

    SchemaPlain(SchemaRules rules) {
        this.rules = rules;
        List<String> taken =
                new ArrayList<>(
                        List.of(
                                "type",
                                "description",
                                "properties",
                                "required",
                                "additionalProperties",
                                "items",
                                "enum",
                                "anyOf",
                                "format"));
        rules.keywords().stream().filter(word -> !taken.contains(word)).forEach(taken::add);
        // Tuples are rare enough to be looked at by the converter.
        taken.remove("prefixItems");
        this.words = List.copyOf(taken);
    }

    boolean takes(Json schema) {
        if (rules.nulls() == Nulls.KEYWORD || !schema.isObject()) {
            return false;
        }
        Optional<Json> definitions = rules.references() ? schema.get("$defs") : Optional.empty();
        if (definitions.isPresent()) {
            for (Json.Member definition : definitions.get().members()) {
                if (!takes(definition.value(), 1, false)) {
                    return false;
                }
            }
        }
        return takes(schema, 0, definitions.isPresent());
    }

    private boolean takes(Json schema, int depth, boolean defines) {
        if (!schema.isObject() || depth > DEEPEST) {
            return false;
        }
        List<Json.Member> others = schema.membersExcept(words);
        if (!others.isEmpty()) {
            return defines && others.size() == 1 && others.getFirst().name().equals("$defs")
                    ? node(schema, depth)
                    : refers(schema, others, depth);
        }
        return node(schema, depth);
    }

    /** A reference is taken where it stands alone. */
    private boolean refers(Json schema, List<Json.Member> others, int depth) {
        Json.Member only = others.getFirst();
        return rules.references()
                && depth > 0
                && others.size() == 1
                && only.name().equals("$ref")
                && schema.members().size() == 1
                && only.value().isString()
                && only.value().text().startsWith(DEFINITIONS);
    }

    private boolean node(Json schema, int depth) {
        Optional<Json> alternatives = schema.get("anyOf");
        if (alternatives.isPresent()) {
            return depth > 0
                    && schema.membersExcept(List.of("anyOf", "description")).isEmpty()
                    && alternatives.get().elements().size() > 1
                    && all(alternatives.get(), depth + 1);
        }
        Optional<Json> type = schema.get("type");
        if (type.isEmpty() || !typed(type.get())) {
            return false;
        }
        boolean object = isOf(type.get(), "object");
        if (depth == 0 && !object && rules.objects() == Objects.CLOSED_AND_FULL) {
            return false;
        }
        return (object ? members(schema, depth) : noMembers(schema))
                && elements(schema, depth)
                && said(schema);
    }

    private boolean typed(Json type) {
        if (type.isString()) {
            return true;
        }
        List<Json> types = type.elements();
        return rules.nulls() == Nulls.TYPE_LIST
                && types.size() == 2
                && types.get(0).isString()
                && !types.get(0).is("null")
                && types.get(1).is("null");
    }

    private static boolean isOf(Json type, String name) {
        return type.is(name) || type.isArray() && type.elements().getFirst().is(name);
    }

    private static boolean noMembers(Json schema) {
        return schema.get("properties").isEmpty()
                && schema.get("required").isEmpty()
                && schema.get("additionalProperties").isEmpty();
    }

    private boolean members(Json schema, int depth) {
        List<Json.Member> members = schema.get("properties").orElse(Json.NULL).members();
        boolean closed = schema.get("additionalProperties").filter(Json.FALSE::equals).isPresent();
        if (members.size() > MOST_MEMBERS || !named(schema, members)) {
            return false;
        }
        boolean others =
                switch (rules.objects()) {
                    case ANY -> closed || schema.get("additionalProperties").isEmpty();
                    case NAMED_ONLY -> schema.get("additionalProperties").isEmpty();
                    case CLOSED, CLOSED_AND_FULL -> closed && schema.get("properties").isPresent();
                };
        if (!others) {
            return false;
        }
        for (Json.Member member : members) {
            if (!takes(member.value(), depth + 1, false)) {
                return false;
            }
        }
        return true;
    }

    /** Whether all that must be there has a schema, and where need be the other way round. */
    private boolean named(Json schema, List<Json.Member> members) {
        List<Json> required = schema.get("required").orElse(Json.EMPTY_ARRAY).elements();
        boolean full = rules.objects() == Objects.CLOSED_AND_FULL;
        boolean empty = required.isEmpty() && schema.get("required").isPresent() && !full;
        if (empty
                || required.size() > members.size()
                || full && required.size() != members.size()) {
            return false;
        }
        Json properties = schema.get("properties").orElse(Json.EMPTY_OBJECT);
        for (int i = 0; i < required.size(); i++) {
            Json name = required.get(i);
            if (!name.isString() || properties.get(name.text()).isEmpty()) {
                return false;
            }
            // The same one twice would hide that another is missing.
            for (int j = 0; full && j < i; j++) {
                if (required.get(j).equals(name)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean elements(Json schema, int depth) {
        Optional<Json> items = schema.get("items");
        boolean enough =
                rules.mostMinItems() == Integer.MAX_VALUE || schema.get("minItems").isEmpty();
        return enough && (items.isEmpty() || takes(items.get(), depth + 1, false));
    }

    private boolean said(Json schema) {
        Optional<Json> format = schema.get("format");
        Optional<Json> values = schema.get("enum");
        return (format.isEmpty()
                        || format.get().isString() && rules.formatTaken(format.get().text()))
                && (values.isEmpty() || values.get().isArray() && !values.get().isEmpty());
    }

    private boolean all(Json schemas, int depth) {
        for (Json schema : schemas.elements()) {
            boolean isNull = schema.get("type").filter(type -> type.is("null")).isPresent();
            if (!isNull && !takes(schema, depth, false)) {
                return false;
            }
        }
        return true;
    }
}
