package io.fairlead.gateway.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A value with a short form in one piece of text and a long form, a mapping or list. Immutable.
 *
 * @param text the short form
 * @param structure the long form
 */
record FormKind<T>(Kind<? extends T> text, Kind<? extends T> structure) implements Kind<T> {
    @Override
    public Optional<T> read(Node node, String path, Reading in) {
        boolean isText = node instanceof Node.Scalar && !node.isNothing();
        return (isText ? text : structure).read(node, path, in).map(value -> value);
    }

    @Override
    public String expected() {
        return structure.expected() + " or " + text.expected();
    }

    @Override
    public String label() {
        return text.label() + " or " + structure.label();
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        List<Object> forms = new ArrayList<>();
        forms.add(text.schema(definitions));
        forms.add(structure.schema(definitions));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("anyOf", forms);
        return schema;
    }

    @Override
    public void shapes(String path, BiConsumer<String, Shape<?>> visitor) {
        text.shapes(path, visitor);
        structure.shapes(path, visitor);
    }
}
