package io.fairlead.gateway.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A list of one kind. Immutable. */
record ListKind<T>(Kind<T> item) implements Kind<List<T>> {
    @Override
    public Optional<List<T>> read(Node node, String path, Reading in) {
        if (!(node instanceof Node.Sequence sequence)) {
            in.problem(node.at(), path, node.describe(), expected());
            return Optional.empty();
        }
        List<T> items = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            item.read(sequence.items().get(i), path + "[" + i + "]", in).ifPresent(items::add);
        }
        return items.size() == sequence.items().size() ? Optional.of(items) : Optional.empty();
    }

    @Override
    public String expected() {
        return "a list, each item " + item.expected();
    }

    @Override
    public String label() {
        return "list of " + item.label();
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", List.of("array", "null"));
        schema.put("items", item.schema(definitions));
        return schema;
    }

    @Override
    public void shapes(String path, BiConsumer<String, Shape<?>> visitor) {
        item.shapes(path + "[]", visitor);
    }
}
