package io.fairlead.protocol.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.json.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SchemaDialectTest {
    @Test
    void geminiHasNoReferencesNoTypeListsAndNoConstants() {
        Converted converted =
                SchemaDialect.GEMINI.convert(
                        json(
                                """
                                {"type":"object","additionalProperties":false,
                                 "$defs":{"Unit":{"type":"string","enum":["c","f"]}},
                                 "properties":{
                                  "unit":{"$ref":"#/$defs/Unit"},
                                  "note":{"type":["string","null"]},
                                  "kind":{"const":"now"},
                                  "many":{"type":["string","integer"]},
                                  "maybe":{"anyOf":[{"type":"number"},{"type":"null"}]}},
                                 "required":["unit"]}\
                                """));
        assertThat(converted.schema())
                .isEqualTo(
                        json(
                                """
                                {"type":"OBJECT","properties":{
                                  "unit":{"type":"STRING","enum":["c","f"]},
                                  "note":{"type":"STRING","nullable":true},
                                  "kind":{"type":"STRING","enum":["now"]},
                                  "many":{"anyOf":[{"type":"STRING"},{"type":"INTEGER"}]},
                                  "maybe":{"type":"NUMBER","nullable":true}},
                                 "required":["unit"]}\
                                """));
        assertThat(converted.lost()).isEmpty();
    }

    @Test
    void whatCanNotBeSaidToTheMachineIsSaidToTheModel() {
        Converted converted =
                SchemaDialect.ANTHROPIC.convert(
                        json(
                                """
                                {"type":"object","properties":{
                                 "age":{"type":"integer","minimum":3,"description":"Years"}},
                                 "required":["age"],"additionalProperties":false}\
                                """));
        assertThat(converted.lost()).containsExactly("$.age: minimum");
        assertThat(converted.schema().toString()).contains("Years\\nminimum: 3");
    }

    @Test
    void strictWantsEveryMemberRequiredAndNothingElse() {
        Converted converted =
                SchemaDialect.OPENAI_STRICT.convert(
                        json(
                                """
                                {"type":"object","properties":{
                                 "a":{"type":"string"},
                                 "b":{"type":"integer"},
                                 "c":{"type":["boolean","null"]}},
                                 "required":["a"]}\
                                """));
        assertThat(converted.schema())
                .isEqualTo(
                        json(
                                """
                                {"type":"object","properties":{
                                 "a":{"type":"string"},
                                 "b":{"type":["integer","null"]},
                                 "c":{"type":["boolean","null"]}},
                                 "required":["a","b","c"],"additionalProperties":false}\
                                """));
        assertThat(converted.lost()).containsExactly("$.b: optional");
    }

    @Test
    void whatIsInTheDialectStaysTheVeryValue() {
        Json strict =
                json(
                        """
                        {"type":"object","properties":{
                         "next":{"anyOf":[{"$ref":"#/$defs/N"},{"type":"null"}]},
                         "day":{"type":"string","format":"date"}},
                         "required":["next","day"],"additionalProperties":false,
                         "$defs":{"N":{"type":"object","properties":{"n":{"$ref":"#/$defs/N"}},
                          "required":["n"],"additionalProperties":false}}}\
                        """);
        Converted converted = SchemaDialect.OPENAI_STRICT.convert(strict);
        assertThat(converted.lost()).isEmpty();
        assertThat(converted.schema()).isSameAs(strict);
    }

    @Test
    void recursionEndsInAnOpenObjectWhereThereAreNoReferences() {
        Converted converted =
                SchemaDialect.GEMINI.convert(
                        json(
                                """
                                {"type":"object","properties":{"child":{"$ref":"#"},
                                 "name":{"type":"string"}}}\
                                """));
        assertThat(converted.lost()).isNotEmpty();
        assertThat(converted.schema().toString()).contains("OBJECT").doesNotContain("$ref");
    }

    @Test
    void allOfIsOneSchema() {
        Converted converted =
                SchemaDialect.OPENAI_STRICT.convert(
                        json(
                                """
                                {"allOf":[
                                 {"type":"object","properties":{"a":{"type":"number","minimum":1}},
                                  "required":["a"]},
                                 {"properties":{"a":{"minimum":5},"b":{"type":"null"}},
                                  "required":["b"]}]}\
                                """));
        assertThat(converted.schema())
                .isEqualTo(
                        json(
                                """
                                {"type":"object","properties":{
                                 "a":{"type":"number","minimum":5},"b":{"type":"null"}},
                                 "required":["a","b"],"additionalProperties":false}\
                                """));
        assertThat(converted.exact()).isTrue();
    }

    @Test
    void oneOfIsAnyOfWhereOnlyOneCanHold() {
        String disjoint =
                """
                {"oneOf":[
                 {"type":"object","properties":{"k":{"const":"a"}},"required":["k"]},
                 {"type":"object","properties":{"k":{"const":"b"}},"required":["k"]}]}\
                """;
        assertThat(SchemaDialect.GEMINI_JSON.convert(json(disjoint)).exact()).isTrue();
        String overlapping =
                """
                {"oneOf":[{"type":"integer"},{"type":"number"}]}\
                """;
        assertThat(SchemaDialect.GEMINI_JSON.convert(json(overlapping)).lost())
                .containsExactly("$: oneOf");
    }

    @Test
    void anEnumOfAnAlternativeKeepsItsNull() {
        String nullable =
                """
                {"anyOf":[{"type":"string","enum":["a"]},{"type":"null"}]}\
                """;
        assertThat(SchemaDialect.GEMINI.convert(json(nullable)).schema())
                .isEqualTo(json("{\"type\":\"STRING\",\"enum\":[\"a\"],\"nullable\":true}"));
        Json same = json(nullable);
        assertThat(SchemaDialect.ANTHROPIC.convert(same).schema()).isSameAs(same);
    }

    @ParameterizedTest
    @EnumSource
    void hostileSchemasAreBounded(SchemaDialect dialect) {
        StringBuilder bomb = new StringBuilder("{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
        for (int i = 0; i < 60; i++) {
            String next = "{\"description\":\"x\",\"$ref\":\"#/$defs/d" + (i + 1) + "\"}";
            bomb.append("\"d").append(i).append("\":{\"type\":\"object\",\"properties\":{\"a\":");
            bomb.append(next).append(",\"b\":").append(next).append("}},");
        }
        bomb.append("\"d60\":{}}}");
        long before = System.nanoTime();
        Converted converted = dialect.convert(json(bomb.toString()));
        assertThat(System.nanoTime() - before).isLessThan(2_000_000_000L);
        assertThat(converted.exact()).isFalse();
        assertThat(converted.schema().toString()).hasSizeLessThan(2_000_000);
        String self =
                "{\"allOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"}],\"anyOf\":[{\"$ref\":\"#\"}]}";
        assertThat(dialect.convert(json(self)).exact()).isFalse();
        for (String odd :
                new String[] {
                    "true",
                    "false",
                    "[]",
                    "3",
                    "{\"type\":3}",
                    "{\"enum\":{}}",
                    "{\"items\":3}",
                    "{\"required\":[1],\"properties\":[]}",
                    "{\"$ref\":\"http://x/y\"}",
                    "{\"anyOf\":[3,{\"oneOf\":[]}]}",
                    "{\"minimum\":\"x\",\"exclusiveMinimum\":true}",
                    "{\"type\":[],\"properties\":{\"a\":{\"type\":[\"null\"]}}}"
                }) {
            assertThat(dialect.convert(json(odd)).schema()).isNotNull();
        }
    }

    private static Json json(String text) {
        return Json.parse(text);
    }
}
