package io.fairlead.protocol.schema;

import io.fairlead.protocol.json.Json;

import java.util.List;
import java.util.Set;

/**
 * The subsets of JSON Schema that providers take. Conversion is bounded: whatever is given, depth
 * and size of what comes out are. Immutable.
 */
public enum SchemaDialect {
    /** Google's {@code parameters} and {@code responseSchema}: a subset of OpenAPI 3.0. */
    GEMINI(
            new SchemaRules(
                    Set.of(
                            "title",
                            "description",
                            "default",
                            "minItems",
                            "maxItems",
                            "minimum",
                            "maximum",
                            "minLength",
                            "maxLength",
                            "pattern",
                            "minProperties",
                            "maxProperties",
                            "propertyOrdering"),
                    Set.of("date-time", "float", "double", "int32", "int64"),
                    SchemaRules.Nulls.KEYWORD,
                    SchemaRules.Objects.NAMED_ONLY,
                    SchemaRules.Enums.TEXTS,
                    false,
                    Integer.MAX_VALUE)),
    /** Google's {@code parametersJsonSchema} and {@code responseJsonSchema}. */
    GEMINI_JSON(
            new SchemaRules(
                    Set.of(
                            "title",
                            "description",
                            "minItems",
                            "maxItems",
                            "minimum",
                            "maximum",
                            "prefixItems",
                            "propertyOrdering",
                            "format"),
                    Set.of(),
                    SchemaRules.Nulls.TYPE_LIST,
                    SchemaRules.Objects.ANY,
                    SchemaRules.Enums.ANY,
                    true,
                    Integer.MAX_VALUE)),
    /** What OpenAI takes with {@code strict: true}. */
    OPENAI_STRICT(
            new SchemaRules(
                    Set.of(
                            "title",
                            "description",
                            "minItems",
                            "maxItems",
                            "minimum",
                            "maximum",
                            "exclusiveMinimum",
                            "exclusiveMaximum",
                            "multipleOf",
                            "pattern"),
                    Set.of(
                            "date-time",
                            "time",
                            "date",
                            "duration",
                            "email",
                            "hostname",
                            "ipv4",
                            "ipv6",
                            "uuid"),
                    SchemaRules.Nulls.TYPE_LIST,
                    SchemaRules.Objects.CLOSED_AND_FULL,
                    SchemaRules.Enums.ANY,
                    true,
                    Integer.MAX_VALUE)),
    /** What Anthropic takes as format of an answer and for strict tools, at Bedrock too. */
    ANTHROPIC(
            new SchemaRules(
                    Set.of("title", "description", "default", "minItems"),
                    Set.of(
                            "date-time",
                            "time",
                            "date",
                            "duration",
                            "email",
                            "hostname",
                            "uri",
                            "ipv4",
                            "ipv6",
                            "uuid"),
                    SchemaRules.Nulls.ANY_OF,
                    SchemaRules.Objects.CLOSED,
                    SchemaRules.Enums.ANY,
                    false,
                    1)),
    /** What Cohere takes as format of an answer and for strict tools. */
    COHERE(
            new SchemaRules(
                    Set.of("title", "description", "pattern"),
                    Set.of("date-time", "uuid", "date", "time"),
                    SchemaRules.Nulls.ANY_OF,
                    SchemaRules.Objects.NAMED_ONLY,
                    SchemaRules.Enums.ANY,
                    false,
                    0));

    @SuppressWarnings("ImmutableEnumChecker") // A record of immutable sets, which it can't see.
    private final SchemaRules rules;

    @SuppressWarnings("ImmutableEnumChecker") // Immutable as the rules are.
    private final SchemaPlain plain;

    SchemaDialect(SchemaRules rules) {
        this.rules = rules;
        this.plain = new SchemaPlain(rules);
    }

    /** The schema in this dialect. */
    public Converted convert(Json schema) {
        return plain.takes(schema) ? new Converted(schema, List.of()) : converted(schema);
    }

    /** The long way, for whatever schema. */
    Converted converted(Json schema) {
        return new SchemaConverter(schema, rules).convert();
    }
}
