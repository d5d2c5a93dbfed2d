package io.fairlead.gateway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Maps that keep the order of the file, which those of {@code Map.of} do not. Stateless. */
final class InOrder {
    private InOrder() {}

    static <V> Map<String, V> copyOf(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    static <V> Map<String, V> of(String first, V firstValue, String second, V secondValue) {
        Map<String, V> map = new LinkedHashMap<>();
        map.put(first, firstValue);
        map.put(second, secondValue);
        return map;
    }

    static <V> Map<String, V> of(
            String first, V firstValue, String second, V secondValue, String third, V thirdValue) {
        Map<String, V> map = of(first, firstValue, second, secondValue);
        map.put(third, thirdValue);
        return map;
    }

    static <V> Map<String, V> of(
            String first,
            V firstValue,
            String second,
            V secondValue,
            String third,
            V thirdValue,
            String fourth,
            V fourthValue) {
        Map<String, V> map = of(first, firstValue, second, secondValue, third, thirdValue);
        map.put(fourth, fourthValue);
        return map;
    }
}
