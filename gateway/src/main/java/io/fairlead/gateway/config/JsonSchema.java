package io.fairlead.gateway.config;

import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON Schema (2020-12) of the file, which gives completion in editors. It is made from the
 * same description that the file is read with. Stateless.
 */
public final class JsonSchema {
    private JsonSchema() {}

    /** The schema as JSON text. */
    public static String text() {
        SchemaDefinitions definitions = new SchemaDefinitions();
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "fairlead.yaml");
        schema.putAll(RootShape.ROOT.body(definitions));
        schema.put("$defs", definitions.definitions());
        return JsonMapper.builder()
                        .build()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(ordered(schema))
                        .replace("\r\n", "\n")
                + "\n";
    }

    /** Maps without an order of their own get one, so that the text is always the same. */
    private static Object ordered(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> ordered =
                    map instanceof LinkedHashMap ? new LinkedHashMap<>() : new TreeMap<>();
            map.forEach((key, inner) -> ordered.put(String.valueOf(key), ordered(inner)));
            return ordered;
        }
        if (value instanceof List<?> list) {
            List<Object> ordered = new ArrayList<>();
            list.forEach(inner -> ordered.add(ordered(inner)));
            return ordered;
        }
        return value;
    }
}
