package io.fairlead.gateway.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A mapping whose keys are names that the operator chooses. Immutable.
 *
 * @param placeholder what the reference page writes for a name
 * @param name what a name may be
 * @param value what stands under each name
 */
record MapKind<T>(String placeholder, ScalarKind<String> name, NamedKind<T> value)
        implements Kind<Map<String, T>> {

    /** A kind whose value depends on the name that it stands under. */
    interface NamedKind<T> {
        Optional<T> read(String name, Node node, String path, Reading in);

        Kind<?> kind();
    }

    /** A mapping whose values do not depend on their names. */
    static <T> MapKind<T> of(String placeholder, ScalarKind<String> name, Kind<T> value) {
        return new MapKind<>(
                placeholder,
                name,
                new NamedKind<>() {
                    @Override
                    public Optional<T> read(String key, Node node, String path, Reading in) {
                        return value.read(node, path, in);
                    }

                    @Override
                    public Kind<?> kind() {
                        return value;
                    }
                });
    }

    @Override
    public Optional<Map<String, T>> read(Node node, String path, Reading in) {
        if (!(node instanceof Node.Mapping mapping)) {
            in.problem(node.at(), path, kindOf(node), expected());
            return Optional.empty();
        }
        Map<String, T> values = new LinkedHashMap<>();
        for (Node.Entry entry : mapping.entries()) {
            String inner = Reading.join(path, entry.key().text());
            Optional<String> key = name.read(entry.key(), inner, in);
            Optional<T> read = value.read(entry.key().text(), entry.value(), inner, in);
            if (key.isPresent() && read.isPresent()) {
                values.put(key.get(), read.get());
            }
        }
        return values.size() == mapping.entries().size() ? Optional.of(values) : Optional.empty();
    }

    /** Not the text itself: it may be a secret at the wrong place. */
    private static String kindOf(Node node) {
        return node instanceof Node.Scalar && !node.isNothing() ? "text" : node.describe();
    }

    @Override
    public String expected() {
        return "a mapping";
    }

    @Override
    public String label() {
        return "mapping to " + value.kind().label();
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", List.of("object", "null"));
        if (name.schema().containsKey("pattern")) {
            schema.put("propertyNames", name.schema());
        }
        schema.put("additionalProperties", value.kind().schema(definitions));
        return schema;
    }

    @Override
    public void shapes(String path, BiConsumer<String, Shape<?>> visitor) {
        value.kind().shapes(path + "." + placeholder, visitor);
    }
}
