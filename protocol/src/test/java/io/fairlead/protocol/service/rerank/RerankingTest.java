package io.fairlead.protocol.service.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.service.Calls;
import io.fairlead.protocol.service.Damage;
import io.fairlead.protocol.translate.Translation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class RerankingTest {
    private static final Reranking RERANKING = new Reranking();
    private static final String COHERE_AT_BEDROCK = "cohere.rerank-v3-5:0";

    private static final String FULL =
            """
            {"model":"x","query":"q","documents":["a",{"text":"b","year":1}],"top_n":5,\
            "return_documents":true,"max_tokens_per_doc":9,"max_chunks_per_doc":2,\
            "truncation":false}\
            """;

    private static Translation at(Dialect provider, String model, String body) {
        return Calls.at(RERANKING, provider, model, Calls.json(Endpoint.RERANK, body));
    }

    private static Json sent(Dialect provider, String model, String body) {
        return Json.parse(at(provider, model, body).request().body());
    }

    private static Translation.Unary answered(Translation translation, String answer) {
        return translation.answer(Optional.empty(), answer.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void cohereGetsTextsAndIsNotAskedToReturnThem() {
        assertThat(sent(Dialect.COHERE, "rerank-v3.5", FULL))
                .isEqualTo(
                        Json.parse(
                                """
                                {"model":"rerank-v3.5","query":"q","documents":["a","b"],\
                                "top_n":5,"max_tokens_per_doc":9}\
                                """));
        Translation translation = at(Dialect.COHERE, "rerank-v3.5", FULL);
        assertThat(translation.request().path()).isEqualTo("/rerank");
        assertThat(translation.dropped())
                .containsExactlyInAnyOrder("max_chunks_per_doc", "truncation");
    }

    @Test
    void fieldsThatCountMakeTheText() {
        String body =
                """
                {"model":"x","query":"q","rank_fields":["title","year"],\
                "documents":[{"title":"T","year":7,"text":"b"},"plain"]}\
                """;

        assertThat(sent(Dialect.COHERE, "m", body).get("documents"))
                .hasValue(Json.parse("[\"title: T\\nyear: 7\",\"plain\"]"));
    }

    @Test
    void documentsWithoutATextAreReadWhole() {
        String body = "{\"model\":\"x\",\"query\":\"q\",\"documents\":[{\"a\":\"1\",\"b\":[2]}]}";

        assertThat(sent(Dialect.VOYAGE, "m", body).get("documents"))
                .hasValue(Json.parse("[\"a: 1\\nb: [2]\"]"));
    }

    @Test
    void voyageHasItsOwnWords() {
        assertThat(sent(Dialect.VOYAGE, "rerank-2.5", FULL))
                .isEqualTo(
                        Json.parse(
                                """
                                {"model":"rerank-2.5","query":"q","documents":["a","b"],\
                                "top_k":5,"truncation":false}\
                                """));
        assertThat(at(Dialect.VOYAGE, "m", FULL).dropped()).contains("max_tokens_per_doc");
    }

    @Test
    void bedrockIsNotAskedForMoreThanThereAre() {
        assertThat(sent(Dialect.BEDROCK, COHERE_AT_BEDROCK, FULL))
                .isEqualTo(
                        Json.parse(
                                """
                                {"query":"q","documents":["a","b"],"top_n":2,"api_version":2,\
                                "max_tokens_per_doc":9}\
                                """));
        assertThat(sent(Dialect.BEDROCK, "amazon.rerank-v1:0", FULL))
                .isEqualTo(Json.parse("{\"query\":\"q\",\"documents\":[\"a\",\"b\"],\"top_n\":2}"));
        assertThat(at(Dialect.BEDROCK, COHERE_AT_BEDROCK, FULL).request().path())
                .isEqualTo("/model/cohere.rerank-v3-5%3A0/invoke");
        assertThatThrownBy(() -> at(Dialect.BEDROCK, "amazon.nova-pro-v1:0", FULL))
                .isInstanceOf(Unsupported.class);
    }

    @Test
    void voyagesAnswerIsToldInTheFormOfClients() {
        Translation.Unary told =
                answered(
                        at(Dialect.VOYAGE, "rerank-2.5", FULL),
                        """
                        {"object":"list","data":[{"relevance_score":0.5703125,"index":1},\
                        {"relevance_score":0.25,"index":0}],"model":"rerank-2.5",\
                        "usage":{"total_tokens":12}}\
                        """);

        assertThat(Json.parse(told.bytes()))
                .isEqualTo(
                        Json.parse(
                                """
                                {"object":"list","model":"rerank-2.5","results":[\
                                {"index":1,"relevance_score":0.5703125,\
                                "document":{"text":"b","year":1}},\
                                {"index":0,"relevance_score":0.25,"document":{"text":"a"}}],\
                                "usage":{"total_tokens":12}}\
                                """));
        assertThat(told.usage()).hasValue(Usage.of(12, 0));
    }

    @Test
    void recordedRequestsAndAnswersOfCohere() {
        List<Exchange> all = Recordings.of("cohere/v2-rerank");
        assertThat(all).hasSize(2);
        for (Exchange exchange : all) {
            Json answer = exchange.answer().orElseThrow();
            String body =
                    exchange.request()
                            .map(Json::toString)
                            .orElse(
                                    "{\"model\":\"m\",\"query\":\"q\",\"documents\":[\"a\",\"b\"]}");
            Translation translation = at(Dialect.COHERE, "rerank-english-v3.0", body);

            exchange.request()
                    .ifPresent(request ->
                            assertThat(Json.parse(translation.request().body()))
                                    .isEqualTo(request));
            assertThat(Json.parse(answered(translation, answer.toString()).bytes()))
                    .as(exchange.id())
                    .isEqualTo(answer);
        }
    }

    @Test
    void recordedAnswersOfHostsPassAndAreCounted() {
        for (Exchange exchange : Recordings.of("together/rerank", "openrouter/rerank")) {
            Json answer = exchange.answer().orElseThrow();
            byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);

            Translation.Unary watched = RERANKING.watched(Endpoint.RERANK, Dialect.OPENAI, bytes);

            assertThat(RERANKING.same(Endpoint.RERANK, Dialect.OPENAI)).isTrue();
            assertThat(watched.bytes()).isSameAs(bytes);
            assertThat(watched.fault()).isEmpty();
            assertThat(watched.usage().map(Usage::inputTokens))
                    .isEqualTo(
                            answer.get("usage")
                                    .flatMap(it -> it.get("total_tokens"))
                                    .map(Json::whole));
        }
    }

    @Test
    void recordedAnswersInOtherForms() {
        String documents =
                IntStream.range(0, 6)
                        .mapToObj(i -> "\"d" + i + "\"")
                        .collect(Collectors.joining(","));
        String body = "{\"model\":\"m\",\"query\":\"q\",\"documents\":[" + documents + "]}";
        for (Exchange exchange : Recordings.of("voyage/rerank", "bedrock/rerank")) {
            boolean voyage = exchange.provider().equals("voyage");
            Json answer = exchange.answer().orElseThrow();
            Translation translation =
                    at(voyage ? Dialect.VOYAGE : Dialect.BEDROCK, COHERE_AT_BEDROCK, body);
            List<Json> ranks = answer.get(voyage ? "data" : "results").orElseThrow().elements();

            Json told = Json.parse(answered(translation, answer.toString()).bytes());

            assertThat(told.get("results").orElseThrow().elements())
                    .as(exchange.id())
                    .extracting(it -> it.get("relevance_score").orElseThrow())
                    .containsExactlyElementsOf(
                            ranks.stream()
                                    .map(it ->
                                            it.get(voyage ? "relevance_score" : "relevanceScore")
                                                    .orElseThrow())
                                    .toList());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"query\":\"q\"} | documents",
                "{\"query\":\"q\",\"documents\":[]} | documents",
                "{\"query\":\"q\",\"documents\":[\"a\",7]} | documents[1]",
                "{\"documents\":[\"a\"]} | query",
                "{\"query\":{},\"documents\":[\"a\"]} | query",
                "{\"query\":\"q\",\"documents\":[\"a\"],\"top_n\":0} | top_n",
                "{\"query\":\"q\",\"documents\":[\"a\"],\"rank_fields\":[1]} | rank_fields[0]"
            })
    void whatIsWrongIsNamed(String body, String member) {
        assertThatThrownBy(() -> at(Dialect.COHERE, "m", body))
                .isInstanceOfSatisfying(
                        Unreadable.class, it -> assertThat(it.path()).isEqualTo(member));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}",
                "{\"results\":[{\"index\":0}]}",
                "{\"results\":[{\"index\":-1,\"relevance_score\":1}]}",
                "{\"results\":[{\"index\":9,\"relevance_score\":1}]}"
            })
    void whatIsNoAnswerIsAFault(String answer) {
        assertThat(answered(at(Dialect.COHERE, "m", FULL), answer).fault())
                .containsInstanceOf(ProviderFault.Malformed.class);
    }

    @Test
    void anErrorUnderASuccessfulStatusIsAFault() {
        byte[] body = "{\"error\":{\"message\":\"no\"}}".getBytes(StandardCharsets.UTF_8);

        assertThat(RERANKING.watched(Endpoint.RERANK, Dialect.JINA, body).fault())
                .containsInstanceOf(ProviderFault.InStreamError.class);
    }

    @Test
    void readersOnlyThrowWhatTheyDeclare() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20261122);
        List<Dialect> providers = List.of(Dialect.COHERE, Dialect.VOYAGE, Dialect.BEDROCK);
        byte[] answer =
                """
                {"results":[{"index":0,"relevance_score":0.5,"document":{"text":"a"}}],\
                "data":[{"index":1,"relevance_score":1}],"usage":{"total_tokens":2},"model":"m"}\
                """
                        .getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 2000; round++) {
            String seed = "seed 20261122, round " + round;
            Dialect provider = providers.get(random.nextInt(providers.size()));
            byte[] request = Damage.of(FULL.getBytes(StandardCharsets.UTF_8), random);
            Damage.survived(
                    seed,
                    request,
                    () ->
                            at(
                                    provider,
                                    COHERE_AT_BEDROCK,
                                    new String(request, StandardCharsets.UTF_8)));
            byte[] damaged = Damage.of(answer, random);
            Translation translation = at(provider, COHERE_AT_BEDROCK, FULL);
            assertThat(
                            Damage.survived(
                                    seed,
                                    damaged,
                                    () -> translation.answer(Optional.empty(), damaged).fault()))
                    .isTrue();
            RERANKING.watched(Endpoint.RERANK, Dialect.OPENAI, damaged);
        }
    }
}
