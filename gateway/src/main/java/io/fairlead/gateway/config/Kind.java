package io.fairlead.gateway.config;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A kind of value in the file, described once: reading, JSON Schema and the reference page all come
 * from it. Immutable.
 *
 * @param <T> what the value becomes
 */
interface Kind<T> {
    /** The value at {@code node}, or empty after noting why not. */
    Optional<T> read(Node node, String path, Reading in);

    /** What problems say was expected: {@code a duration such as 30s}. */
    String expected();

    /** What the reference page calls it: {@code duration}. */
    String label();

    /** Its JSON Schema. */
    Map<String, Object> schema(SchemaDefinitions definitions);

    /** How the file would write {@code value}: text, number or boolean. */
    default Object show(T value) {
        throw new UnsupportedOperationException(label() + " is never a default");
    }

    /** Hands over every shape inside, with its place below {@code path}. */
    default void shapes(String path, BiConsumer<String, Shape<?>> visitor) {}

    /** The same in the file, but it becomes something else. */
    default <R> Kind<R> as(Function<? super T, ? extends R> function) {
        return new MappedKind<>(this, function);
    }
}
