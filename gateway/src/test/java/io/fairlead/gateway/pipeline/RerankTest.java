package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.config.PriceConfig;
import io.fairlead.gateway.config.ProvidedModel;
import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Clients that want documents ranked, at providers of every form, over sockets. */
final class RerankTest {
    private static final String ASKED =
            """
            {"model":"one/%s","query":"what is ruby","documents":["Paris is a city",\
            {"text":"Ruby is a language"}],"top_n":1,"return_documents":true}\
            """;

    private static final String COHERES =
            """
            {"id":"1","results":[{"index":1,"relevance_score":0.5}],\
            "meta":{"api_version":{"version":"2"},"billed_units":{"search_units":1}}}\
            """;

    private final List<SimRequest> seen = new CopyOnWriteArrayList<>();

    private Harness.Options answering(String answer) {
        Harness.Options options = new Harness.Options();
        options.provider =
                request -> {
                    seen.add(request);
                    return SimAnswer.json(200, answer);
                };
        return options;
    }

    private Json sent() {
        return Json.parse(seen.getLast().body());
    }

    @Test
    void atCohere() throws Exception {
        Harness.Options options = answering(COHERES);
        options.protocol = Protocol.COHERE_V2;
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> told = gateway.post("/v1/rerank", ASKED.formatted("rerank-v3.5"));

            assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
            assertThat(seen.getLast().path()).isEqualTo("/v1/rerank");
            assertThat(sent().get("documents"))
                    .hasValue(Json.parse("[\"Paris is a city\",\"Ruby is a language\"]"));
            assertThat(Json.parse(told.body()))
                    .isEqualTo(
                            Json.parse(
                                    COHERES.replace(
                                            "0.5}",
                                            "0.5,\"document\":"
                                                    + "{\"text\":\"Ruby is a language\"}}")));
            assertThat(gateway.record().spend()).isEmpty();
        }
    }

    @Test
    void aPriceByRequestIsSpent() throws Exception {
        Harness.Options options = answering(COHERES);
        options.protocol = Protocol.COHERE_V2;
        options.one = RerankTest::pricedByRequest;
        try (Harness gateway = new Harness(options)) {
            gateway.post("/v1/rerank", ASKED.formatted("ranker"));

            assertThat(gateway.record().spend())
                    .hasValueSatisfying(
                            spend -> assertThat(spend.usd()).isEqualByComparingTo("0.002"));
        }
    }

    @Test
    void severalSearchUnitsAreSpentEach() throws Exception {
        Harness.Options options =
                answering(COHERES.replace("\"search_units\":1", "\"search_units\":3"));
        options.protocol = Protocol.COHERE_V2;
        options.one = RerankTest::pricedByRequest;
        try (Harness gateway = new Harness(options)) {
            gateway.post("/v1/rerank", ASKED.formatted("ranker"));

            assertThat(gateway.record().spend())
                    .hasValueSatisfying(
                            spend -> assertThat(spend.usd()).isEqualByComparingTo("0.006"));
        }
    }

    private static ProviderConfig pricedByRequest(ProviderConfig one) {
        Optional<BigDecimal> none = Optional.empty();
        PriceConfig price =
                new PriceConfig(
                        new PriceConfig.Rates(
                                BigDecimal.ZERO,
                                BigDecimal.ZERO,
                                none,
                                none,
                                none,
                                none,
                                none,
                                none,
                                none,
                                Optional.of(new BigDecimal("0.002"))),
                        List.of());
        ProvidedModel model =
                new ProvidedModel(
                        "ranker",
                        Optional.of(price),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return new ProviderConfig(
                one.id(),
                one.origin(),
                one.type(),
                one.protocol(),
                one.baseUrl(),
                one.auth(),
                one.keys(),
                one.region(),
                one.headers(),
                List.of(model),
                one.resilience(),
                one.conform(),
                one.aws(),
                one.vertex(),
                one.azure(),
                one.sim());
    }

    @ParameterizedTest
    @CsvSource({"cohere.rerank-v3-5:0", "amazon.rerank-v1:0"})
    void atBedrock(String model) throws Exception {
        Harness.Options options =
                answering("{\"results\":[{\"index\":1,\"relevance_score\":0.5}]}");
        options.protocol = Protocol.BEDROCK_CONVERSE;
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> told = gateway.post("/v1/rerank", ASKED.formatted(model));

            assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
            assertThat(seen.getLast().path()).endsWith("/invoke");
            assertThat(Json.parse(told.body()).get("results"))
                    .hasValue(
                            Json.parse(
                                    """
                                    [{"index":1,"relevance_score":0.5,\
                                    "document":{"text":"Ruby is a language"}}]\
                                    """));
        }
    }

    @Test
    void atVoyage() throws Exception {
        Harness.Options options =
                answering(
                        """
                        {"object":"list","data":[{"relevance_score":0.5,"index":1}],\
                        "model":"rerank-2.5","usage":{"total_tokens":12}}\
                        """);
        options.one = one -> EmbeddingsTest.typed(one, "voyage");
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> told = gateway.post("/v1/rerank", ASKED.formatted("rerank-2.5"));

            assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
            assertThat(sent().get("top_k")).hasValue(Json.of(1));
            assertThat(told.body()).contains("\"results\"");
            assertThat(gateway.record().usage().inputTokens()).isEqualTo(12);
        }
    }

    @Test
    void atJinaBytesPass() throws Exception {
        String answer =
                "{\"model\":\"m\",  \"usage\":{\"total_tokens\":15},\"results\":"
                        + "[{\"index\":1,\"relevance_score\":0.5}]}";
        Harness.Options options = answering(answer);
        options.one = one -> EmbeddingsTest.typed(one, "jina");
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> told = gateway.post("/v1/rerank", ASKED.formatted("m"));

            assertThat(told.body()).isEqualTo(answer);
            assertThat(new String(seen.getLast().body(), StandardCharsets.UTF_8))
                    .isEqualTo(ASKED.formatted("m").replace("one/m", "m"));
            assertThat(gateway.record().usage().inputTokens()).isEqualTo(15);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Protocol.class,
            names = {"OPENAI_CHAT", "SIM"})
    void atASimulatedProviderWithoutAKey(Protocol protocol) throws Exception {
        Harness.Options options = new Harness.Options();
        options.protocol = protocol;
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> told = gateway.post("/v1/rerank", ASKED.formatted("echo"));

            assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
            Json first = Json.parse(told.body()).get("results").orElseThrow().elements().getFirst();
            assertThat(first.get("index")).hasValue(Json.of(1));
            assertThat(gateway.record().usage().inputTokens()).isPositive();
            assertThat(gateway.record().spend()).isPresent();
        }
    }

    @Test
    void whatIsWrongIsNamed() throws Exception {
        Harness.Options options = answering(COHERES);
        options.protocol = Protocol.COHERE_V2;
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> told =
                    gateway.post(
                            "/v1/rerank",
                            "{\"model\":\"one/m\",\"query\":\"q\",\"documents\":[\"a\",7]}");

            assertThat(told.statusCode()).isEqualTo(400);
            assertThat(told.body()).contains("\"param\":\"documents[1]\"");
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void whoRanksNothingIsNotAsked() throws Exception {
        Harness.Options options = answering("{}");
        options.protocol = Protocol.ANTHROPIC_MESSAGES;
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> told = gateway.post("/v1/rerank", ASKED.formatted("m"));

            assertThat(told.statusCode()).isEqualTo(400);
            assertThat(told.body()).contains("nothing for rerank");
            assertThat(seen).isEmpty();
        }
    }
}
