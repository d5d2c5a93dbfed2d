package io.fairlead.protocol.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.SplittableRandom;

/**
 * Random schemas and random values: what is valid under a schema is valid under the converted one,
 * and the other way round where the conversion says that it is exact.
 */
final class EqualMeaningTest {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @ParameterizedTest
    @EnumSource(names = {"GEMINI_JSON", "OPENAI_STRICT", "ANTHROPIC", "COHERE"})
    void valuesAreValidUnderBothOrNeither(SchemaDialect dialect) {
        long seed = 20261122;
        SplittableRandom random = new SplittableRandom(seed);
        int exact = 0;
        int valid = 0;
        for (int i = 0; i < 300; i++) {
            Json schema = object(random, 3).toJson();
            Converted converted = dialect.convert(schema);
            Schema before = REGISTRY.getSchema(schema.toString(), InputFormat.JSON);
            Schema after = REGISTRY.getSchema(converted.schema().toString(), InputFormat.JSON);
            exact += converted.exact() ? 1 : 0;
            // Most schemas are seen to need no conversion, and so would it say.
            assertThat(converted).as("%s", schema).isEqualTo(dialect.converted(schema));
            for (int j = 0; j < 12; j++) {
                String value = value(schema, random, 4);
                boolean was = before.validate(value, InputFormat.JSON).isEmpty();
                boolean is = after.validate(value, InputFormat.JSON).isEmpty();
                valid += was ? 1 : 0;
                if (was && !is && dialect != SchemaDialect.OPENAI_STRICT
                        || converted.exact() && is) {
                    assertThat(is)
                            .as(
                                    "seed %d, schema %s became %s; value %s",
                                    seed, schema, converted.schema(), value)
                            .isEqualTo(was);
                }
            }
        }
        assertThat(exact).isGreaterThan(5);
        assertThat(valid).isGreaterThan(300);
    }

    private static JsonObject object(SplittableRandom random, int depth) {
        JsonObject schema = new JsonObject().put("type", "object");
        JsonArray required = new JsonArray();
        boolean all = random.nextInt(2) == 0;
        for (String name : new String[] {"a", "b", "c"}) {
            if (random.nextInt(3) > 0) {
                schema.object("properties").put(name, schema(random, depth - 1));
                if (all || random.nextBoolean()) {
                    required.add(name);
                }
            }
        }
        schema.object("properties");
        schema.put("required", required);
        if (random.nextInt(4) > 0) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }

    private static JsonObject schema(SplittableRandom random, int depth) {
        JsonObject schema = new JsonObject();
        switch (random.nextInt(depth <= 0 ? 6 : 11)) {
            case 0 -> schema.put("type", "string");
            case 1 -> schema.put("type", "integer").put("minimum", random.nextInt(5));
            case 2 -> schema.put("type", new JsonArray().add("boolean").add("null"));
            case 3 -> schema.put("enum", new JsonArray().add("x").add("y"));
            case 4 -> schema.put("const", random.nextInt(3));
            case 5 -> schema.put("type", "string").put("minLength", 2);
            case 6 -> schema.put("type", "array").put("items", schema(random, depth - 1));
            case 7 ->
                    schema.put(
                            "anyOf",
                            new JsonArray()
                                    .add(schema(random, depth - 1))
                                    .add(new JsonObject().put("type", "null")));
            case 8 ->
                    schema.put(
                            "oneOf",
                            new JsonArray()
                                    .add(schema(random, depth - 1))
                                    .add(schema(random, depth - 1)));
            case 9 ->
                    schema.put(
                            "allOf",
                            new JsonArray()
                                    .add(new JsonObject().put("type", "integer"))
                                    .add(new JsonObject().put("exclusiveMinimum", 2)));
            default -> {
                return object(random, depth - 1);
            }
        }
        return schema;
    }

    /** A value that is often, but not always, valid. */
    private static String value(Json schema, SplittableRandom random, int depth) {
        if (schema.get("properties").isPresent() && random.nextInt(12) > 0) {
            StringBuilder object = new StringBuilder("{");
            for (Json.Member member : schema.get("properties").get().members()) {
                if (random.nextInt(8) > 0) {
                    object.append(object.length() > 1 ? "," : "").append(Json.of(member.name()));
                    object.append(':').append(value(member.value(), random, depth - 1));
                }
            }
            return object.append('}').toString();
        }
        if (schema.get("items").isPresent() && depth > 0) {
            return "[" + value(schema.get("items").get(), random, depth - 1) + "]";
        }
        for (String alternatives : new String[] {"anyOf", "oneOf"}) {
            if (schema.get(alternatives).isPresent()) {
                var branches = schema.get(alternatives).get().elements();
                return value(branches.get(random.nextInt(branches.size())), random, depth);
            }
        }
        if (schema.get("const").isPresent() && random.nextInt(5) > 0) {
            return schema.get("const").get().toString();
        }
        if (schema.get("type").isPresent() && schema.get("type").get().is("string")) {
            return random.nextBoolean() ? "\"x\"" : "\"long\"";
        }
        String[] simple = {"\"x\"", "\"zz\"", "1", "3", "7", "null", "true", "{}", "[]"};
        return simple[random.nextInt(simple.length)];
    }
}
