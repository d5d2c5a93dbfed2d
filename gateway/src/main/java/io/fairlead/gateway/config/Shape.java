package io.fairlead.gateway.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A mapping with known keys, which becomes a record. Immutable.
 *
 * @param name its name in the JSON Schema
 * @param doc what it is for, in one sentence
 * @param keys its keys, in the order of the reference
 * @param renamed keys of other tools and of older versions, with what to write instead
 * @param make the record of the values
 * @param check what must hold between values; notes problems
 */
record Shape<T>(
        String name,
        String doc,
        List<Key<?>> keys,
        Map<String, String> renamed,
        Function<Fields, T> make,
        Check check)
        implements Kind<T> {

    /** What must hold between the values of one mapping. */
    @FunctionalInterface
    interface Check {
        void check(Node.Mapping node, Fields fields, String path, Reading in);
    }

    static <T> Shape<T> of(String name, String doc, Function<Fields, T> make, List<Key<?>> keys) {
        return new Shape<>(name, doc, keys, Map.of(), make, (_, _, _, _) -> {});
    }

    Shape<T> checkedBy(Check newCheck) {
        return new Shape<>(name, doc, keys, renamed, make, newCheck);
    }

    Shape<T> renaming(Map<String, String> newRenamed) {
        return new Shape<>(name, doc, keys, newRenamed, make, check);
    }

    /** The record of an empty mapping. */
    T empty() {
        Fields fields = new Fields();
        keys.forEach(key -> putDefault(key, fields));
        return make.apply(fields);
    }

    private static <V> void putDefault(Key<V> key, Fields fields) {
        key.otherwise().ifPresent(value -> fields.put(key, value));
    }

    @Override
    public Optional<T> read(Node node, String path, Reading in) {
        return fields(node, path, in).map(make);
    }

    /** The values by key, or empty after noting why not. */
    Optional<Fields> fields(Node node, String path, Reading in) {
        if (!(node instanceof Node.Mapping mapping)) {
            String found =
                    node instanceof Node.Scalar && !node.isNothing() ? "text" : node.describe();
            in.problem(node.at(), path, found, expected());
            return Optional.empty();
        }
        refuseUnknownKeys(mapping, path, in);
        Fields fields = new Fields();
        boolean good = true;
        for (Key<?> key : keys) {
            good &= readKey(key, mapping, path, in, fields);
        }
        if (good) {
            check.check(mapping, fields, path, in);
        }
        return good ? Optional.of(fields) : Optional.empty();
    }

    private static <V> boolean readKey(
            Key<V> key, Node.Mapping mapping, String path, Reading in, Fields fields) {
        Optional<Node.Entry> entry = mapping.find(key.name());
        if (entry.isEmpty() || entry.get().value().isNothing()) {
            if (key.required()) {
                Node.Position at = entry.map(e -> e.value().at()).orElse(mapping.at());
                String inner = Reading.join(path, key.name());
                in.problem(at, inner, "nothing", key.kind().expected());
                return false;
            }
            putDefault(key, fields);
            return true;
        }
        String inner = Reading.join(path, key.name());
        Optional<V> value = key.kind().read(entry.get().value(), inner, in);
        value.ifPresent(v -> fields.put(key, v));
        return value.isPresent();
    }

    private void refuseUnknownKeys(Node.Mapping mapping, String path, Reading in) {
        for (Node.Entry entry : mapping.entries()) {
            String key = entry.key().text();
            if (!knows(key)) {
                List<String> names = keys.stream().map(Key::name).toList();
                Optional<String> suggestion = Optional.ofNullable(renamed.get(key));
                in.problem(
                        entry.key().at(),
                        Reading.join(path, key),
                        "an unknown key",
                        "one of " + String.join(", ", names),
                        suggestion.or(() -> Nearest.of(key, names)));
            }
        }
    }

    private boolean knows(String name) {
        for (Key<?> key : keys) {
            if (key.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String expected() {
        return "a mapping with " + String.join(", ", someNames());
    }

    private List<String> someNames() {
        List<String> required = keys.stream().filter(Key::required).map(Key::name).toList();
        if (!required.isEmpty()) {
            return required;
        }
        List<String> some = new ArrayList<>(keys.stream().map(Key::name).limit(3).toList());
        if (keys.size() > some.size()) {
            some.add("…");
        }
        return some;
    }

    @Override
    public String label() {
        return "mapping";
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return definitions.reference(this);
    }

    /** The schema of the mapping itself. */
    Map<String, Object> body(SchemaDefinitions definitions) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Key<?> key : keys) {
            if (!(key.kind() instanceof LaterKind)) {
                Map<String, Object> property = new LinkedHashMap<>();
                property.put("description", key.doc());
                property.putAll(key.kind().schema(definitions));
                key.shownDefault().ifPresent(value -> property.put("default", value));
                properties.put(key.name(), property);
            }
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", List.of("object", "null"));
        body.put("description", doc);
        body.put("properties", properties);
        List<String> required = keys.stream().filter(Key::required).map(Key::name).toList();
        if (!required.isEmpty()) {
            body.put("required", required);
        }
        body.put("additionalProperties", false);
        return body;
    }

    @Override
    public void shapes(String path, BiConsumer<String, Shape<?>> visitor) {
        visitor.accept(path, this);
        for (Key<?> key : keys) {
            key.kind().shapes(path.isEmpty() ? key.name() : path + "." + key.name(), visitor);
        }
    }
}
