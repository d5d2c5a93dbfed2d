package io.fairlead.protocol.service.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.translate.Translation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What providers are sent. */
class EmbedRequestsTest {
    private static final Asked FULL =
            Asked.openAi(
                    """
                    {"model":"x","input":["a","b"],"dimensions":256,"encoding_format":"base64",\
                    "input_type":"query","truncate":true,"title":"T","user":"u","keep_alive":"5m"}\
                    """);

    private static final Asked BATCH =
            new Asked(
                    Endpoint.BATCH_EMBED_CONTENTS,
                    """
                    {"requests":[
                     {"model":"models/x","content":{"parts":[{"text":"a"}]},\
                      "taskType":"RETRIEVAL_QUERY"},
                     {"model":"models/x","content":{"parts":[{"text":"b"}]},\
                      "taskType":"RETRIEVAL_QUERY"},
                     {"model":"models/x","content":{"parts":[{"text":"c"}]},\
                      "taskType":"RETRIEVAL_DOCUMENT","title":"T"}]}\
                    """);

    private static void sent(Asked asked, Dialect provider, String model, String expected) {
        assertThat(asked.sent(provider, model)).isEqualTo(Json.parse(expected));
    }

    @Test
    void mistralHasItsOwnWordForDimensions() {
        sent(
                FULL,
                Dialect.MISTRAL,
                "codestral-embed",
                """
                {"model":"codestral-embed","input":["a","b"],"output_dimension":256,\
                "encoding_format":"base64","keep_alive":"5m"}\
                """);
        assertThat(FULL.at(Dialect.MISTRAL, "m").dropped())
                .containsExactlyInAnyOrder("input_type", "truncate", "title", "user");
    }

    @Test
    void voyageIsToldWhatTheTextIsFor() {
        sent(
                FULL,
                Dialect.VOYAGE,
                "voyage-4",
                """
                {"model":"voyage-4","input":["a","b"],"output_dimension":256,\
                "input_type":"query","truncation":true,"encoding_format":"base64",\
                "keep_alive":"5m"}\
                """);
    }

    @Test
    void voyageIsNotAskedForPackedIntegers() {
        Asked asked =
                Asked.openAi(
                        """
                        {"model":"x","input":"a","output_dtype":"int8","encoding_format":"base64"}\
                        """);

        sent(
                asked,
                Dialect.VOYAGE,
                "voyage-4",
                """
                {"model":"voyage-4","input":"a","output_dtype":"int8"}\
                """);
    }

    @Test
    void jinaIsToldTheTaskAndTakesObjects() {
        sent(
                Asked.openAi(
                        """
                        {"model":"x","input":[{"image":"https://example.com/a.png"},"b"],\
                        "task":"text-matching","late_chunking":false,"encoding_format":"base64"}\
                        """),
                Dialect.JINA,
                "jina-embeddings-v4",
                """
                {"model":"jina-embeddings-v4","input":[{"image":"https://example.com/a.png"},"b"],\
                "task":"text-matching","late_chunking":false,"embedding_type":"base64"}\
                """);
    }

    @Test
    void cohereIsAlwaysToldAnInputType() {
        sent(
                FULL,
                Dialect.COHERE,
                "embed-v4.0",
                """
                {"model":"embed-v4.0","texts":["a","b"],"output_dimension":256,\
                "input_type":"search_query","truncate":"END","embedding_types":["float"]}\
                """);
        sent(
                Asked.openAi("{\"model\":\"x\",\"input\":\"a\"}"),
                Dialect.COHERE,
                "embed-v4.0",
                """
                {"model":"embed-v4.0","texts":["a"],"input_type":"search_document",\
                "embedding_types":["float"]}\
                """);
        assertThat(FULL.at(Dialect.COHERE, "embed-v4.0").dropped())
                .containsExactlyInAnyOrder("title", "user", "keep_alive");
    }

    @Test
    void ollamaTakesTextsAndItsOwnOptions() {
        sent(
                FULL,
                Dialect.OLLAMA,
                "all-minilm",
                """
                {"model":"all-minilm","input":["a","b"],"dimensions":256,"truncate":true,\
                "keep_alive":"5m"}\
                """);
        assertThat(FULL.at(Dialect.OLLAMA, "m").request().path()).isEqualTo("/api/embed");
    }

    @Test
    void geminiIsAskedForABatch() {
        sent(
                FULL,
                Dialect.GEMINI,
                "gemini-embedding-001",
                """
                {"requests":[\
                {"model":"models/gemini-embedding-001","content":{"parts":[{"text":"a"}]},\
                 "taskType":"RETRIEVAL_QUERY","title":"T","outputDimensionality":256},\
                {"model":"models/gemini-embedding-001","content":{"parts":[{"text":"b"}]},\
                 "taskType":"RETRIEVAL_QUERY","title":"T","outputDimensionality":256}]}\
                """);
        assertThat(FULL.at(Dialect.GEMINI, "gemini-embedding-001").request().path())
                .isEqualTo("/models/gemini-embedding-001:batchEmbedContents");
    }

    @Test
    void vertexPredictsForTextModels() {
        sent(
                FULL,
                Dialect.VERTEX,
                "text-embedding-005",
                """
                {"instances":[\
                {"content":"a","task_type":"RETRIEVAL_QUERY","title":"T"},\
                {"content":"b","task_type":"RETRIEVAL_QUERY","title":"T"}],\
                "parameters":{"autoTruncate":true,"outputDimensionality":256}}\
                """);
        assertThat(FULL.at(Dialect.VERTEX, "text-embedding-005").request().path())
                .isEqualTo("/publishers/google/models/text-embedding-005:predict");
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-embedding-001, :predict",
        "gemini-embedding-2, :embedContent",
        "gemini-embedding-2-preview, :embedContent"
    })
    void vertexIsAskedForOneAtATimeOfGemini(String model, String method) {
        List<ProviderRequest> requests = FULL.at(Dialect.VERTEX, model).requests();

        assertThat(requests).hasSize(2).allMatch(it -> it.path().endsWith(model + method));
    }

    @Test
    void titanIsAskedForOneTextAtATime() {
        List<ProviderRequest> requests =
                Asked.openAi(
                                """
                                {"model":"x","input":["a","b"],"dimensions":256,"normalize":false}\
                                """)
                        .at(Dialect.BEDROCK, "amazon.titan-embed-text-v2:0")
                        .requests();

        assertThat(requests)
                .extracting(ProviderRequest::path)
                .containsOnly("/model/amazon.titan-embed-text-v2%3A0/invoke");
        assertThat(requests)
                .extracting(it -> Json.parse(it.body()))
                .containsExactly(
                        Json.parse("{\"inputText\":\"a\",\"dimensions\":256,\"normalize\":false}"),
                        Json.parse("{\"inputText\":\"b\",\"dimensions\":256,\"normalize\":false}"));
    }

    @Test
    void theFirstTitanKnowsOneLengthOnly() {
        assertThatThrownBy(() -> FULL.at(Dialect.BEDROCK, "amazon.titan-embed-text-v1"))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("dimensions");
    }

    @Test
    void novaIsToldThePurpose() {
        sent(
                Asked.openAi(
                        """
                        {"model":"x","input":"a","input_type":"query","dimensions":384}\
                        """),
                Dialect.BEDROCK,
                "amazon.nova-2-multimodal-embeddings-v1:0",
                """
                {"schemaVersion":"nova-multimodal-embed-v1","taskType":"SINGLE_EMBEDDING",\
                "singleEmbeddingParams":{"embeddingPurpose":"GENERIC_RETRIEVAL",\
                "embeddingDimension":384,"text":{"truncationMode":"NONE","value":"a"}}}\
                """);
    }

    @Test
    void cohereAtBedrockHasItsModelInThePath() {
        Asked asked =
                Asked.openAi("{\"model\":\"x\",\"input\":[\"a\",\"b\"],\"truncate\":\"END\"}");

        sent(
                asked,
                Dialect.BEDROCK,
                "us.cohere.embed-v4:0",
                """
                {"texts":["a","b"],"input_type":"search_document","embedding_types":["float"],\
                "truncate":"RIGHT"}\
                """);
        sent(
                asked,
                Dialect.BEDROCK,
                "cohere.embed-english-v3",
                """
                {"texts":["a","b"],"input_type":"search_document","embedding_types":["float"],\
                "truncate":"END"}\
                """);
    }

    @Test
    void whatFitsInNoCallGoesIntoSeveral() {
        String inputs =
                IntStream.range(0, 200)
                        .mapToObj(i -> "\"t" + i + "\"")
                        .collect(Collectors.joining(",", "[", "]"));
        Translation translation =
                Asked.openAi("{\"model\":\"x\",\"input\":" + inputs + "}")
                        .at(Dialect.COHERE, "embed-v4.0");

        assertThat(translation.requests())
                .extracting(
                        it -> Json.parse(it.body()).get("texts").orElseThrow().elements().size())
                .containsExactly(96, 96, 8);
    }

    @Test
    void longTextsGoIntoSeveralCallsWhereTokensOfAllAreCounted() {
        String text = "x".repeat(9_000);
        String inputs = String.join(",", Collections.nCopies(5, "\"" + text + "\""));
        Asked asked = Asked.openAi("{\"model\":\"x\",\"input\":[" + inputs + "]}");

        assertThat(asked.at(Dialect.VERTEX, "text-embedding-005").requests())
                .extracting(it ->
                        Json.parse(it.body()).get("instances").orElseThrow().elements().size())
                .containsExactly(2, 2, 1);
        assertThat(asked.at(Dialect.MISTRAL, "mistral-embed").requests()).hasSize(1);
    }

    @Test
    void contentsWithOtherWishesGoIntoOtherCalls() {
        Translation translation = BATCH.at(Dialect.OPENAI, "text-embedding-3-small");

        assertThat(translation.requests())
                .extracting(it -> Json.parse(it.body()).get("input").orElseThrow())
                .containsExactly(Json.parse("[\"a\",\"b\"]"), Json.parse("[\"c\"]"));
        assertThat(translation.dropped()).containsExactlyInAnyOrder("taskType", "title");
    }

    @Test
    void aBatchOfGeminiGoesToGeminiUnderTheProvidersNameOfTheModel() {
        Translation translation = BATCH.at(Dialect.GEMINI, "gemini-embedding-001");

        assertThat(translation.requests()).hasSize(2);
        assertThat(
                        new String(
                                translation.request().body(),
                                java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"models/gemini-embedding-001\"")
                .doesNotContain("models/x");
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"MISTRAL", "VOYAGE", "JINA", "COHERE", "OLLAMA", "GEMINI", "VERTEX"})
    void tokensAreRefusedWhereTextsAreTaken(Dialect provider) {
        Asked asked = Asked.openAi("{\"model\":\"x\",\"input\":[[1,2],[3]]}");

        assertThatThrownBy(() -> asked.at(provider, "m"))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("input")
                .hasMessageContaining("tokens");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"input\":[]} | input",
                "{\"input\":7} | input",
                "{\"input\":[\"a\",true]} | input[1]",
                "{\"input\":[1,\"a\"]} | input[1]",
                "{\"input\":\"a\",\"dimensions\":\"big\"} | dimensions",
                "{\"input\":\"a\",\"dimensions\":0} | dimensions",
                "{\"input\":\"a\",\"encoding_format\":\"int8\"} | encoding_format",
                "{} | input"
            })
    void whatIsWrongIsNamed(String body, String member) {
        assertThatThrownBy(() -> Asked.openAi(body).at(Dialect.COHERE, "m"))
                .isInstanceOfSatisfying(
                        Unreadable.class, it -> assertThat(it.path()).isEqualTo(member));
    }

    @Test
    void whatIsWrongInABatchIsNamed() {
        Asked asked =
                new Asked(
                        Endpoint.BATCH_EMBED_CONTENTS,
                        "{\"requests\":[{\"content\":{\"parts\":[]}}]}");

        assertThatThrownBy(() -> asked.at(Dialect.OPENAI, "m"))
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        it -> assertThat(it.path()).isEqualTo("requests[0].content.parts"));
    }
}
