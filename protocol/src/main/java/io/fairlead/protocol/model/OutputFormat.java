package io.fairlead.protocol.model;

import io.fairlead.protocol.json.Json;

import java.util.Optional;

/** What the text of the answer must look like. Immutable. */
public sealed interface OutputFormat {
    /** Any text; said explicitly. */
    record PlainText() implements OutputFormat {}

    /** Some JSON object. */
    record AnyJson() implements OutputFormat {}

    /**
     * JSON that follows a schema.
     *
     * @param name what the format is called; empty where the protocol has none
     * @param strict whether the schema binds to the letter; empty: the protocol's default
     */
    record JsonSchema(
            Optional<String> name,
            Optional<String> description,
            Json schema,
            Optional<Boolean> strict,
            Beside beside)
            implements OutputFormat {
        public JsonSchema withSchema(Json newSchema) {
            return new JsonSchema(name, description, newSchema, strict, beside);
        }
    }
}
