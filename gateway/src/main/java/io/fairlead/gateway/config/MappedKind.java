package io.fairlead.gateway.config;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Another kind, whose value becomes something else. Immutable. */
record MappedKind<S, T>(Kind<S> source, Function<? super S, ? extends T> function)
        implements Kind<T> {
    @Override
    public Optional<T> read(Node node, String path, Reading in) {
        return source.read(node, path, in).map(function);
    }

    @Override
    public String expected() {
        return source.expected();
    }

    @Override
    public String label() {
        return source.label();
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return source.schema(definitions);
    }

    @Override
    public void shapes(String path, BiConsumer<String, Shape<?>> visitor) {
        source.shapes(path, visitor);
    }
}
