package io.fairlead.gateway.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the named parts of a JSON Schema while it is made. Confined to one thread. */
final class SchemaDefinitions {
    private static final String SUBSTITUTION = "substitution";

    private final Map<String, Map<String, Object>> definitions = new LinkedHashMap<>();

    Map<String, Map<String, Object>> definitions() {
        return definitions;
    }

    /** A reference to {@code shape}, which is defined on the way. */
    Map<String, Object> reference(Shape<?> shape) {
        if (!definitions.containsKey(shape.name())) {
            definitions.put(shape.name(), Map.of());
            definitions.put(shape.name(), shape.body(this));
        }
        return referenceTo(shape.name());
    }

    /** {@code schema}, or text with a variable in it where any text is not fine anyway. */
    Map<String, Object> orSubstitution(Map<String, Object> schema) {
        if (schema.equals(Map.of("type", "string"))) {
            return schema;
        }
        definitions.computeIfAbsent(SUBSTITUTION, _ -> substitution());
        Map<String, Object> either = new LinkedHashMap<>();
        either.put("anyOf", List.of(schema, referenceTo(SUBSTITUTION)));
        return either;
    }

    private static Map<String, Object> substitution() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", "Text with ${NAME} or ${NAME:-default} in it.");
        schema.put("type", "string");
        schema.put("pattern", "\\$\\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\}");
        return schema;
    }

    private static Map<String, Object> referenceTo(String name) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("$ref", "#/$defs/" + name);
        return reference;
    }
}
