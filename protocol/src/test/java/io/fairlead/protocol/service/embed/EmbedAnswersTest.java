package io.fairlead.protocol.service.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.translate.Translation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

/** What clients get of providers' answers. */
class EmbedAnswersTest {
    private static final Asked TWO = Asked.openAi("{\"model\":\"x\",\"input\":[\"a\",\"b\"]}");
    private static final Asked PACKED =
            Asked.openAi("{\"model\":\"x\",\"input\":\"a\",\"encoding_format\":\"base64\"}");

    /** 1.0 and -0.5 as 32-bit floats, little-endian. */
    private static final String BASE64 = "AACAPwAAAL8=";

    private static String openAi(String first, String second, long tokens) {
        return "{\"object\":\"list\",\"model\":\"m\",\"data\":["
                + "{\"object\":\"embedding\",\"index\":0,\"embedding\":"
                + first
                + "},{\"object\":\"embedding\",\"index\":1,\"embedding\":"
                + second
                + "}],\"usage\":{\"prompt_tokens\":"
                + tokens
                + ",\"total_tokens\":"
                + tokens
                + "}}";
    }

    @Test
    void cohereCountsWhatItBills() {
        assertThat(
                        Asked.told(
                                TWO.at(Dialect.COHERE, "m"),
                                """
                                {"id":"1","texts":["a","b"],"embeddings":{"float":[[1,2],[3,4]]},\
                                "meta":{"billed_units":{"input_tokens":3,"image_tokens":4}}}\
                                """))
                .isEqualTo(Json.parse(openAi("[1,2]", "[3,4]", 7)));
    }

    @Test
    void severalAnswersAreJoinedInOrder() {
        Translation translation = TWO.at(Dialect.BEDROCK, "amazon.titan-embed-text-v2:0");

        assertThat(
                        Asked.told(
                                translation,
                                "{\"embedding\":[1],\"inputTextTokenCount\":5}",
                                "{\"embedding\":[2],\"inputTextTokenCount\":6}"))
                .isEqualTo(
                        Json.parse(
                                openAi("[1]", "[2]", 11)
                                        .replace("\"m\"", "\"amazon.titan-embed-text-v2:0\"")));
    }

    @Test
    void vertexCountsByVector() {
        Translation.Unary unary =
                Asked.unary(
                        TWO.at(Dialect.VERTEX, "text-embedding-005"),
                        """
                        {"predictions":[\
                        {"embeddings":{"values":[1],"statistics":{"token_count":2,\
                        "truncated":false}}},\
                        {"embeddings":{"values":[2],"statistics":{"token_count":3}}}],\
                        "metadata":{"billableCharacterCount":2}}\
                        """);

        assertThat(unary.usage()).hasValue(Usage.of(5, 0));
    }

    @Test
    void bedrockCountsInAHeader() {
        Translation translation = TWO.at(Dialect.BEDROCK, "cohere.embed-english-v3");
        translation.head(name ->
                name.equals("x-amzn-bedrock-input-token-count")
                        ? Optional.of("12")
                        : Optional.empty());

        Translation.Unary unary =
                Asked.unary(translation, "{\"embeddings\":{\"float\":[[1],[2]]}}");

        assertThat(unary.usage()).hasValue(Usage.of(12, 0));
        assertThat(new String(unary.bytes(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"prompt_tokens\":12");
    }

    @Test
    void novasVectorsAreRead() {
        assertThat(
                        Asked.told(
                                        PACKED.at(
                                                Dialect.BEDROCK,
                                                "amazon.nova-2-multimodal-embeddings-v1:0"),
                                        """
                                        {"embeddings":[{"embeddingType":"TEXT",\
                                        "embedding":[1.0,-0.5]}]}\
                                        """)
                                .get("data")
                                .orElseThrow()
                                .elements()
                                .getFirst()
                                .get("embedding")
                                .orElseThrow()
                                .text())
                .isEqualTo(BASE64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1.0,-0.5]", "\"AACAPwAAAL8=\""})
    void vectorsArePackedAsAsked(String vector) {
        Json told =
                Asked.told(
                        PACKED.at(Dialect.VOYAGE, "voyage-4"),
                        "{\"data\":[{\"embedding\":"
                                + vector
                                + "}],"
                                + "\"usage\":{\"total_tokens\":4}}");

        assertThat(told.get("data").orElseThrow().elements().getFirst().get("embedding"))
                .hasValue(Json.of(BASE64));
        assertThat(told.get("usage"))
                .hasValue(Json.parse("{\"prompt_tokens\":4,\"total_tokens\":4}"));
    }

    @Test
    void packedVectorsAreUnpackedForWhoAskedForNumbers() {
        Json told =
                Asked.told(
                        Asked.openAi("{\"model\":\"x\",\"input\":\"a\"}")
                                .at(Dialect.MISTRAL, "mistral-embed"),
                        "{\"data\":[{\"embedding\":\"" + BASE64 + "\"}]}");

        assertThat(told.get("data").orElseThrow().elements().getFirst().get("embedding"))
                .hasValue(Json.parse("[1.0,-0.5]"));
    }

    @Test
    void theOrderIsThatOfTheIndex() {
        Json told =
                Asked.told(
                        TWO.at(Dialect.JINA, "m"),
                        """
                        {"model":"m","data":[\
                        {"object":"embedding","index":1,"embedding":[2]},\
                        {"object":"embedding","index":0,"embedding":[1]}],\
                        "usage":{"total_tokens":2,"prompt_tokens":2}}\
                        """);

        assertThat(told).isEqualTo(Json.parse(openAi("[1]", "[2]", 2)));
    }

    @Test
    void geminisClientsGetTheirForm() {
        Asked one =
                new Asked(Endpoint.EMBED_CONTENT, "{\"content\":{\"parts\":[{\"text\":\"a\"}]}}");
        Asked batch =
                new Asked(
                        Endpoint.BATCH_EMBED_CONTENTS,
                        "{\"requests\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}");
        String answer =
                """
                {"object":"list","model":"m","data":[{"object":"embedding","index":0,\
                "embedding":[1,2]}],"usage":{"prompt_tokens":2,"total_tokens":2}}\
                """;

        assertThat(Asked.told(one.at(Dialect.OPENAI, "m"), answer))
                .isEqualTo(
                        Json.parse(
                                """
                                {"embedding":{"values":[1,2]},\
                                "usageMetadata":{"promptTokenCount":2}}\
                                """));
        assertThat(Asked.told(batch.at(Dialect.OPENAI, "m"), answer))
                .isEqualTo(
                        Json.parse(
                                """
                                {"embeddings":[{"values":[1,2]}],\
                                "usageMetadata":{"promptTokenCount":2}}\
                                """));
    }

    @Test
    void tokensThatNobodyCountedAreEstimatedForTheClientAndNotClaimed() {
        Translation.Unary unary =
                Asked.unary(
                        Asked.openAi("{\"model\":\"x\",\"input\":[\"12345678\"]}")
                                .at(Dialect.GEMINI, "gemini-embedding-001"),
                        "{\"embeddings\":[{\"values\":[1]}]}");

        assertThat(unary.usage()).isEmpty();
        assertThat(Json.parse(unary.bytes()).get("usage"))
                .hasValue(Json.parse("{\"prompt_tokens\":2,\"total_tokens\":2}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"embeddings\":[[1]]} | vectors",
                "{\"embeddings\":\"x\"} | embeddings",
                "{\"embeddings\":[[1],7]} | a vector is a number",
                "{ | no JSON",
                "{} | embeddings"
            })
    void whatIsNoAnswerIsAFault(String answer, String said) {
        Translation.Unary unary = Asked.unary(TWO.at(Dialect.OLLAMA, "m"), answer);

        assertThat(unary.fault())
                .hasValueSatisfying(fault -> {
                    assertThat(fault).isInstanceOf(ProviderFault.Malformed.class);
                    assertThat(fault.message()).contains(said);
                });
    }

    @Test
    void vectorsThatCantBePackedAreAFault() {
        assertThat(
                        Asked.unary(PACKED.at(Dialect.OLLAMA, "m"), "{\"embeddings\":[[\"x\"]]}")
                                .fault())
                .isPresent();
    }
}
