package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.media.MediaRules;
import io.fairlead.gateway.media.TestSite;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Clients that want vectors, at providers of every form, over sockets. */
final class EmbeddingsTest {
    private static final String TWO = "{\"model\":\"one/%s\",\"input\":[\"a\",\"b\"]}";

    private static final String TITAN = "amazon.titan-embed-text-v2:0";

    private final List<SimRequest> seen = new CopyOnWriteArrayList<>();

    private Harness gateway(Protocol protocol, Function<SimRequest, SimAnswer> answer) {
        Harness.Options options = new Harness.Options();
        options.protocol = protocol;
        options.provider =
                request -> {
                    seen.add(request);
                    return answer.apply(request);
                };
        return new Harness(options);
    }

    private Harness answering(Protocol protocol, String answer) {
        return gateway(protocol, _ -> SimAnswer.json(200, answer));
    }

    private static Json vector(String body, int index) {
        return Json.parse(body)
                .get("data")
                .orElseThrow()
                .elements()
                .get(index)
                .get("embedding")
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COHERE_V2 | embed-v4.0 | /v1/embed | {\"embeddings\":{\"float\":[[1],[2]]},"
                        + "\"meta\":{\"billed_units\":{\"input_tokens\":7}}}",
                "MISTRAL_CHAT | mistral-embed | /v1/embeddings | {\"data\":[{\"index\":0,"
                        + "\"embedding\":[1]},{\"index\":1,\"embedding\":[2]}],"
                        + "\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}}",
                "OLLAMA | all-minilm | /v1/api/embed | {\"embeddings\":[[1],[2]],"
                        + "\"prompt_eval_count\":7}",
                "GEMINI | gemini-embedding-2 | /v1/models/gemini-embedding-2:batchEmbedContents |"
                        + " {\"embeddings\":[{\"values\":[1]},{\"values\":[2]}],"
                        + "\"usageMetadata\":{\"promptTokenCount\":7}}",
                "VERTEX_GEMINI | text-embedding-005 |"
                        + " /v1/publishers/google/models/text-embedding-005:predict |"
                        + " {\"predictions\":[{\"embeddings\":{\"values\":[1],"
                        + "\"statistics\":{\"token_count\":3}}},{\"embeddings\":{\"values\":[2],"
                        + "\"statistics\":{\"token_count\":4}}}]}"
            })
    void anOpenAiClientGetsVectorsOfAnyProvider(
            Protocol protocol, String model, String path, String answer) throws Exception {
        try (Harness gateway = answering(protocol, answer)) {
            HttpResponse<String> told = gateway.post("/v1/embeddings", TWO.formatted(model));

            assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
            assertThat(seen).extracting(SimRequest::path).containsExactly(path);
            assertThat(vector(told.body(), 0)).isEqualTo(Json.parse("[1]"));
            assertThat(vector(told.body(), 1)).isEqualTo(Json.parse("[2]"));
            assertThat(Json.parse(told.body()).get("usage"))
                    .hasValue(Json.parse("{\"prompt_tokens\":7,\"total_tokens\":7}"));
            assertThat(gateway.record().usage().inputTokens()).isEqualTo(7);
            assertThat(gateway.record().usageEstimated()).isFalse();
        }
    }

    @Test
    void theCostStandsInTheLedgerAndInAHeader() throws Exception {
        String answer =
                """
                {"embeddings":{"float":[[1],[2]]},\
                "meta":{"billed_units":{"input_tokens":1000000}}}\
                """;
        try (Harness gateway = answering(Protocol.COHERE_V2, answer)) {
            HttpResponse<String> told = gateway.post("/v1/embeddings", TWO.formatted("echo"));

            assertThat(told.headers().firstValue("x-fairlead-cost").map(BigDecimal::new))
                    .hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo("1"));
            assertThat(gateway.record().spend()).isPresent();
        }
    }

    @Test
    void oneTextAtATimeIsAskedOfTitanAndTheVectorsComeInOrder() throws Exception {
        String inputs =
                IntStream.range(0, 40)
                        .mapToObj(i -> "\"" + i + "\"")
                        .collect(Collectors.joining(",", "[", "]"));
        try (Harness gateway = gateway(Protocol.BEDROCK_CONVERSE, EmbeddingsTest::titan)) {
            HttpResponse<String> told =
                    gateway.post(
                            "/v1/embeddings",
                            "{\"model\":\"one/" + TITAN + "\",\"input\":" + inputs + "}");

            assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
            for (int i = 0; i < 40; i++) {
                assertThat(vector(told.body(), i)).isEqualTo(Json.parse("[" + i + "]"));
            }
            assertThat(seen).hasSize(40);
            assertThat(gateway.record().usage().inputTokens()).isEqualTo(80);
            assertThat(gateway.record().attempts()).hasSize(1);
            gateway.awaitQuiet();
        }
    }

    /** Answers with the text, which is a number, as the vector; later ones sooner. */
    private static SimAnswer titan(SimRequest request) {
        String text = Json.parse(request.body()).get("inputText").orElseThrow().text();
        return SimAnswer.json(200, "{\"embedding\":[" + text + "],\"inputTextTokenCount\":2}")
                .after(Duration.ofMillis(40 - Long.parseLong(text)));
    }

    @Test
    void bedrocksHeadersOfSeveralAnswersAreSummed() throws Exception {
        String inputs =
                IntStream.range(0, 97)
                        .mapToObj(i -> "\"" + i + "\"")
                        .collect(Collectors.joining(",", "[", "]"));
        Function<SimRequest, SimAnswer> cohere =
                request -> {
                    int texts =
                            Json.parse(request.body()).get("texts").orElseThrow().elements().size();
                    String vectors =
                            IntStream.range(0, texts)
                                    .mapToObj(i -> "[" + i + "]")
                                    .collect(Collectors.joining(",", "[", "]"));
                    return SimAnswer.json(200, "{\"embeddings\":{\"float\":" + vectors + "}}")
                            .withHeader(
                                    "X-Amzn-Bedrock-Input-Token-Count",
                                    Integer.toString(texts * 2));
                };
        try (Harness gateway = gateway(Protocol.BEDROCK_CONVERSE, cohere)) {
            HttpResponse<String> told =
                    gateway.post(
                            "/v1/embeddings",
                            "{\"model\":\"one/cohere.embed-english-v3\",\"input\":" + inputs + "}");

            assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
            assertThat(seen).hasSize(2);
            assertThat(gateway.record().usage().inputTokens()).isEqualTo(194);
        }
    }

    @Test
    void theFirstFailureOfSeveralCallsIsTheFailure() throws Exception {
        Function<SimRequest, SimAnswer> third =
                request ->
                        new String(request.body(), StandardCharsets.UTF_8).contains("\"2\"")
                                ? SimAnswer.json(429, "{\"message\":\"Too many requests\"}")
                                : titan(request);
        try (Harness gateway = gateway(Protocol.BEDROCK_CONVERSE, third)) {
            HttpResponse<String> told =
                    gateway.post(
                            "/v1/embeddings",
                            "{\"model\":\"one/"
                                    + TITAN
                                    + "\",\"input\":[\"0\",\"1\",\"2\",\"3\"]}");

            assertThat(told.statusCode()).as(told.body()).isEqualTo(429);
            assertThat(told.body()).contains("Too many requests").contains("\"error\"");
            gateway.awaitQuiet();
        }
    }

    @Test
    void aClientsOwnFaultInOneOfSeveralCallsKeepsItsStatus() throws Exception {
        Function<SimRequest, SimAnswer> refusing =
                _ -> SimAnswer.json(400, "{\"message\":\"Too many input tokens.\"}");
        try (Harness gateway = gateway(Protocol.BEDROCK_CONVERSE, refusing)) {
            HttpResponse<String> told = gateway.post("/v1/embeddings", TWO.formatted(TITAN));

            assertThat(told.statusCode()).isEqualTo(400);
            assertThat(told.body()).contains("Too many input tokens.");
            gateway.awaitQuiet();
        }
    }

    @Test
    void allCallsAreGivenUpWithTheClient() throws Exception {
        Function<SimRequest, SimAnswer> silent = _ -> new SimAnswer.Silence();
        try (Harness gateway = gateway(Protocol.BEDROCK_CONVERSE, silent)) {
            CompletableFuture<HttpResponse<String>> asked =
                    gateway.client()
                            .sendAsync(
                                    HttpRequest.newBuilder(gateway.uri("/v1/embeddings"))
                                            .POST(
                                                    HttpRequest.BodyPublishers.ofString(
                                                            TWO.formatted(TITAN)))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString());
            Harness.await(() -> gateway.openCalls() == 2);

            asked.cancel(true);

            gateway.awaitQuiet();
            assertThat(gateway.record().outcome()).isEqualTo(RequestRecord.Outcome.CANCELLED);
        }
    }

    @Test
    void aFirstTokenDeadlineIsThatOfEachCallOfSeveral() throws Exception {
        Harness.Options options = new Harness.Options();
        options.protocol = Protocol.BEDROCK_CONVERSE;
        options.firstToken = Duration.ofMillis(1500);
        options.provider =
                _ ->
                        SimAnswer.json(200, "{\"embedding\":[1],\"inputTextTokenCount\":2}")
                                .after(Duration.ofMillis(700));
        String inputs =
                IntStream.range(0, 25)
                        .mapToObj(i -> "\"" + i + "\"")
                        .collect(Collectors.joining(",", "[", "]"));
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> told =
                    gateway.post(
                            "/v1/embeddings",
                            "{\"model\":\"one/" + TITAN + "\",\"input\":" + inputs + "}");

            assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
        }
    }

    @Test
    void aGeminiClientGetsVectorsInProcess() throws Exception {
        Harness.Options options = new Harness.Options();
        options.protocol = Protocol.SIM;
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> told =
                    gateway.post(
                            "/v1beta/models/one/echo:embedContent",
                            "{\"content\":{\"parts\":[{\"text\":\"a\"}]}}");

            assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
            assertThat(told.body()).contains("\"values\"");
        }
    }

    @Test
    void anImageByUrlIsFetchedForAProviderThatWantsBytes() throws Exception {
        Harness.Options options = new Harness.Options();
        options.protocol = Protocol.COHERE_V2;
        options.media =
                new MediaRules(
                        MediaRules.From.LISTED_HOSTS,
                        List.of("127.0.0.1"),
                        1 << 20,
                        Duration.ofSeconds(20));
        options.provider =
                request -> {
                    seen.add(request);
                    return SimAnswer.json(
                            200,
                            "{\"embeddings\":{\"float\":[[0.5]]},\"meta\":{\"billed_units\":"
                                    + "{\"image_tokens\":7}}}");
                };
        try (TestSite site = TestSite.ofPictures();
                Harness gateway = new Harness(options)) {
            HttpResponse<String> told =
                    gateway.post(
                            "/v1/embeddings",
                            "{\"model\":\"one/embed-v4.0\",\"input\":[{\"image\":\""
                                    + site.url("127.0.0.1")
                                    + "\"}]}");

            assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
            assertThat(seen.getLast().bodyText()).contains("\"url\":\"data:image/png;base64,");
            assertThat(gateway.record().usage().inputTokens()).isEqualTo(7);
            HttpResponse<String> refused =
                    gateway.post(
                            "/v1/embeddings",
                            "{\"model\":\"one/embed-v4.0\",\"input\":[\"a\",{\"image\":"
                                    + "\"http://localhost/\"}]}");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("\"param\":\"input[1]\"");
            gateway.awaitQuiet();
        }
    }

    @ParameterizedTest
    @CsvSource({"voyage", "jina"})
    void aProviderOfTheCatalogueIsAskedInItsForm(String type) throws Exception {
        Harness.Options options = new Harness.Options();
        options.one = one -> typed(one, type);
        options.provider =
                request -> {
                    seen.add(request);
                    return SimAnswer.json(
                            200,
                            "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\","
                                    + "\"embedding\":\"AACAPw==\",\"index\":0}],"
                                    + "\"model\":\"m\",\"usage\":{\"total_tokens\":3}}");
                };
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> told =
                    gateway.post(
                            "/v1/embeddings",
                            """
                            {"model":"one/m","input":"a","input_type":"query",\
                            "encoding_format":"base64"}\
                            """);

            assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
            assertThat(Json.parse(seen.getLast().body()))
                    .isEqualTo(
                            Json.parse(
                                    type.equals("voyage")
                                            ? "{\"model\":\"m\",\"input\":\"a\",\"input_type\":"
                                                    + "\"query\",\"encoding_format\":\"base64\"}"
                                            : "{\"model\":\"m\",\"input\":\"a\",\"task\":"
                                                    + "\"retrieval.query\",\"embedding_type\":"
                                                    + "\"base64\"}"));
            assertThat(vector(told.body(), 0)).isEqualTo(Json.of("AACAPw=="));
            assertThat(gateway.record().usage().inputTokens()).isEqualTo(3);
        }
    }

    /** The same provider, of another type of the catalogue. */
    static ProviderConfig typed(ProviderConfig one, String type) {
        return new ProviderConfig(
                one.id(),
                one.origin(),
                Optional.of(type),
                Optional.empty(),
                one.baseUrl(),
                one.auth(),
                one.keys(),
                one.region(),
                one.headers(),
                one.models(),
                one.resilience(),
                one.conform(),
                one.aws(),
                one.vertex(),
                one.azure(),
                one.sim());
    }

    @Test
    void aGeminiClientGetsVectorsOfAnOpenAiLikeProvider() throws Exception {
        try (Harness gateway = new Harness()) {
            HttpResponse<String> one =
                    gateway.post(
                            "/v1beta/models/one/echo:embedContent",
                            """
                            {"content":{"parts":[{"text":"a"}]},"outputDimensionality":8}\
                            """);
            HttpResponse<String> batch =
                    gateway.post(
                            "/v1beta/models/one/echo:batchEmbedContents",
                            """
                            {"requests":[{"model":"models/one/echo",\
                            "content":{"parts":[{"text":"a"}]},"outputDimensionality":8}]}\
                            """);

            assertThat(one.statusCode()).as(one.body()).isEqualTo(200);
            Json vector = Json.parse(one.body()).get("embedding").orElseThrow();
            assertThat(vector.get("values").orElseThrow().elements()).hasSize(8);
            assertThat(batch.statusCode()).as(batch.body()).isEqualTo(200);
            assertThat(Json.parse(batch.body()).get("embeddings").orElseThrow().elements())
                    .containsExactly(vector);
            RequestRecord record = gateway.record();
            assertThat(record.usage().inputTokens()).isEqualTo(1);
        }
    }

    @Test
    void aGeminiClientsBatchReachesGeminiUnderTheProvidersName() throws Exception {
        String answer = "{\"embeddings\":[{\"values\":[1],\"shape\":[1]}]}";
        try (Harness gateway = answering(Protocol.GEMINI, answer)) {
            HttpResponse<String> told =
                    gateway.post(
                            "/v1beta/models/one/gemini-embedding-001:batchEmbedContents",
                            """
                            {"requests":[{"model":"models/one/gemini-embedding-001",\
                            "content":{"parts":[{"text":"12345678"}]},"taskType":"NEW_TASK"}]}\
                            """);

            assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
            assertThat(Json.parse(told.body())).isEqualTo(Json.parse(answer));
            assertThat(seen.getLast().path())
                    .isEqualTo("/v1/models/gemini-embedding-001:batchEmbedContents");
            assertThat(Json.parse(seen.getLast().body()))
                    .isEqualTo(
                            Json.parse(
                                    """
                                    {"requests":[{"model":"models/gemini-embedding-001",\
                                    "content":{"parts":[{"text":"12345678"}]},\
                                    "taskType":"NEW_TASK"}]}\
                                    """));
            assertThat(gateway.record().usageEstimated()).isTrue();
            assertThat(gateway.record().usage().inputTokens()).isGreaterThan(1);
        }
    }

    @Test
    void tokensAreRefusedInTheClientsShape() throws Exception {
        try (Harness gateway = answering(Protocol.COHERE_V2, "{}")) {
            HttpResponse<String> told =
                    gateway.post("/v1/embeddings", "{\"model\":\"one/echo\",\"input\":[1,2]}");

            assertThat(told.statusCode()).isEqualTo(400);
            assertThat(told.body()).contains("unsupported_parameter").contains("tokens");
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void whatIsWrongIsNamedInTheClientsShape() throws Exception {
        try (Harness gateway = answering(Protocol.COHERE_V2, "{}")) {
            HttpResponse<String> openAi =
                    gateway.post(
                            "/v1/embeddings", "{\"model\":\"one/echo\",\"input\":[\"a\",{}, 7]}");
            HttpResponse<String> gemini =
                    gateway.post("/v1beta/models/one/echo:embedContent", "{\"content\":7}");

            assertThat(openAi.statusCode()).isEqualTo(400);
            assertThat(openAi.body()).contains("\"param\":\"input[2]\"");
            assertThat(gemini.statusCode()).isEqualTo(400);
            assertThat(gemini.body()).contains("content").contains("INVALID_ARGUMENT");
        }
    }

    @Test
    void whatIsLeftOutIsNamed() throws Exception {
        String answer = "{\"embeddings\":[[1],[2]]}";
        try (Harness gateway = answering(Protocol.OLLAMA, answer)) {
            HttpResponse<String> told =
                    gateway.post(
                            "/v1/embeddings",
                            """
                            {"model":"one/m","input":["a","b"],"input_type":"query","user":"u"}\
                            """);

            assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
            assertThat(told.headers().firstValue("x-fairlead-dropped"))
                    .hasValue("input_type, user");
        }
    }
}
