package io.fairlead.gateway.config;

import java.util.HashMap;
import java.util.Map;

/** The values of one mapping, by key. Confined to one thread. */
final class Fields {
    private final Map<Key<?>, Object> values = new HashMap<>();

    <T> void put(Key<T> key, T value) {
        values.put(key, value);
    }

    /** The value of {@code key}, or its default. */
    @SuppressWarnings("unchecked") // put() only takes a key with a value of its type
    <T> T get(Key<T> key) {
        Object value = values.get(key);
        if (value == null) {
            throw new IllegalStateException(key.name() + ": not a key of this shape");
        }
        return (T) value;
    }
}
