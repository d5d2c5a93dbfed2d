package io.fairlead.protocol.schema;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.schema.SchemaConverter.Place;
import io.fairlead.protocol.schema.SchemaRules.Enums;
import io.fairlead.protocol.schema.SchemaRules.Nulls;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes one node in a dialect. Confined to one thread. */
final class SchemaWriter {
    private final SchemaConverter converter;
    private final SchemaRules rules;
    private final Place place;
    private final StringBuilder hints = new StringBuilder();
    private boolean nullable;

    SchemaWriter(SchemaConverter converter, SchemaRules rules, Place place) {
        this.converter = converter;
        this.rules = rules;
        this.place = place;
    }

    JsonObject write(SchemaNode node, boolean orNull) {
        List<Json> branches = alternatives(node);
        boolean nullAside = nullable;
        nullable = false;
        Optional<Json> type = node.take("type");
        List<String> types = new ArrayList<>();
        type.ifPresent(is -> types.addAll(SchemaNode.typesOf(is)));
        boolean onlyNull = types.size() == 1 && types.getFirst().equals("null");
        nullable |= types.remove("null");
        nullable |= node.take("nullable").filter(n -> n.equals(Json.TRUE)).isPresent();
        if (onlyNull) {
            return new JsonObject().put("type", rules.typeName("null"));
        }
        node.take("const").ifPresent(c -> node.and("enum", new JsonArray().add(c).toJson()));
        takeNullOutOfEnum(node, type.isEmpty());
        if (types.isEmpty() && branches.isEmpty()) {
            SchemaTypes.of(node).ifPresent(types::add);
        }
        nullable |= orNull || nullAside;
        if (branches.isEmpty() && types.size() > 1) {
            branches = SchemaTypes.oneEach(types, node);
        } else if (!branches.isEmpty() && types.size() == 1) {
            node.put("type", Json.of(types.getFirst()));
        }
        if (!branches.isEmpty()) {
            if (!place.isRoot() || !converter.rootMustBeObject()) {
                return either(node, branches);
            }
            converter.lose(place, "anyOf");
            SchemaTypes.of(node).ifPresent(types::add);
        }
        return plain(node, types);
    }

    /** The alternatives, without null and without being only one; their oneness is in the node. */
    private List<Json> alternatives(SchemaNode node) {
        List<Json> branches = List.of();
        boolean found = true;
        while (found && branches.isEmpty()) {
            Optional<Json> any = node.take("anyOf");
            if (any.isEmpty()) {
                any = node.take("oneOf");
                any.filter(one -> !SchemaTypes.disjoint(one.elements()))
                        .ifPresent(one -> converter.lose(place, "oneOf"));
            }
            found = any.isPresent();
            List<Json> others = new ArrayList<>();
            for (Json branch : any.orElse(Json.EMPTY_ARRAY).elements()) {
                if (branch.get("type").filter(t -> t.is("null")).isPresent()) {
                    nullable = true;
                } else {
                    others.add(branch);
                }
            }
            boolean asItStands = nullable && converter.nullsAreMembers() && onlyRemarks(node);
            if (others.size() == 1 && !asItStands) {
                converter.gather(node, others.getFirst(), place, place.trail());
            } else {
                branches = others;
            }
        }
        if (node.take("anyOf").isPresent() || node.take("oneOf").isPresent()) {
            converter.lose(place, "anyOf");
        }
        return branches;
    }

    private static boolean onlyRemarks(SchemaNode node) {
        return node.keywords().keySet().stream().allMatch(SchemaNode::annotates);
    }

    private void takeNullOutOfEnum(SchemaNode node, boolean untyped) {
        Optional<Json> values = node.get("enum");
        if (values.isEmpty()) {
            return;
        }
        JsonArray others = new JsonArray();
        boolean found = false;
        for (Json value : values.get().elements()) {
            if (value.isNull()) {
                found = true;
            } else {
                others.add(value);
            }
        }
        if (found) {
            nullable |= untyped;
            node.put("enum", others.toJson());
        } else {
            nullable = false;
        }
    }

    private JsonObject either(SchemaNode node, List<Json> branches) {
        JsonObject out = new JsonObject();
        JsonObject common = new JsonObject();
        for (Map.Entry<String, Json> keyword : node.keywords().entrySet()) {
            boolean said = SchemaNode.annotates(keyword.getKey());
            (said ? out : common).put(keyword.getKey(), keyword.getValue());
        }
        node.keywords().keySet().stream()
                .filter(name -> SchemaNode.annotates(name) && !rules.keywords().contains(name))
                .forEach(out::remove);
        Optional<Json> shared = common.isEmpty() ? Optional.empty() : Optional.of(common.toJson());
        JsonArray array = new JsonArray();
        int i = 0;
        for (Json branch : branches) {
            Json whole = shared.isEmpty() ? branch : both(branch, shared.get());
            array.add(converter.write(whole, place.in("anyOf[" + i + "]", place.trail()), false));
            i++;
        }
        if (nullable && converter.nullsAreMembers()) {
            array.add(new JsonObject().put("type", "null"));
        } else if (nullable) {
            out.put("nullable", true);
        }
        return out.put("anyOf", array);
    }

    private static Json both(Json one, Json other) {
        return new JsonObject().put("allOf", new JsonArray().add(one).add(other)).toJson();
    }

    private JsonObject plain(SchemaNode node, List<String> types) {
        JsonObject out = new JsonObject();
        String type = types.isEmpty() ? "" : types.getFirst();
        boolean inType = nullable && rules.nulls() == Nulls.TYPE_LIST && !type.isEmpty();
        if (inType) {
            out.put("type", new JsonArray().add(type).add("null"));
        } else if (!type.isEmpty()) {
            out.put("type", rules.typeName(type));
        }
        SchemaMembers members = new SchemaMembers(converter, rules, place);
        members.write(node, type, out);
        for (Map.Entry<String, Json> keyword : node.keywords().entrySet()) {
            keyword(keyword.getKey(), keyword.getValue(), type, out, inType);
        }
        if (!hints.isEmpty()) {
            String said = node.get("description").filter(Json::isString).map(Json::text).orElse("");
            out.put("description", said.isEmpty() ? hints.toString() : said + "\n" + hints);
        }
        if (!nullable || inType) {
            return out;
        }
        return converter.nullsAreMembers()
                ? SchemaConverter.eitherOrNull(out)
                : out.put("nullable", true);
    }

    private void keyword(String name, Json value, String type, JsonObject out, boolean nullToo) {
        switch (name) {
            case "enum" -> values(value, type, out, nullToo);
            case "format" -> {
                if (value.isString() && rules.formatTaken(value.text())) {
                    out.put(name, value);
                } else {
                    // A format is a remark, not a condition, unless somebody decides otherwise.
                    hint(name, value);
                }
            }
            case "minItems" -> {
                if (rules.keywords().contains(name)
                        && value.kind() == Json.Kind.NUMBER
                        && value.whole() <= rules.mostMinItems()) {
                    out.put(name, value);
                } else {
                    drop(name, value);
                }
            }
            case "exclusiveMinimum" -> exclusive(name, "minimum", 1, value, type, out);
            case "exclusiveMaximum" -> exclusive(name, "maximum", -1, value, type, out);
            default -> {
                if (rules.keywords().contains(name)) {
                    out.put(name, value);
                } else if (!SchemaTypes.says(name)) {
                    drop(name, value);
                }
            }
        }
    }

    private void exclusive(
            String name, String inclusive, int step, Json value, String type, JsonObject out) {
        if (rules.keywords().contains(name)) {
            out.put(name, value);
        } else if (type.equals("integer")
                && rules.keywords().contains(inclusive)
                && value.kind() == Json.Kind.NUMBER
                && !out.has(inclusive)) {
            out.put(inclusive, value.whole() + step);
        } else {
            drop(name, value);
        }
    }

    private void values(Json values, String type, JsonObject out, boolean nullToo) {
        JsonArray kept = new JsonArray();
        boolean texts = true;
        for (Json value : values.elements()) {
            kept.add(value);
            texts &= value.isString();
        }
        if (rules.enums() == Enums.TEXTS && !(texts && type.equals("string"))) {
            drop("enum", values);
            return;
        }
        if (nullToo) {
            kept.add(Json.NULL);
        }
        out.put("enum", kept);
    }

    private void drop(String name, Json value) {
        converter.lose(place, name);
        hint(name, value);
    }

    /** What can't be said to the machine is said to the model. */
    private void hint(String name, Json value) {
        String text = value.toString();
        if (text.length() <= 200) {
            hints.append(hints.isEmpty() ? "" : ", ").append(name).append(": ").append(text);
        }
    }
}
