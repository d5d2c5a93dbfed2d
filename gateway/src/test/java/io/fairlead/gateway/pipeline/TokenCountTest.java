package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.kernel.Money;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tokens counted for clients of every protocol, over sockets. */
final class TokenCountTest {
    private static final String MESSAGES =
            """
            {"model":"one/anthropic.claude-x", "unknown_member": [1.0],
             "messages":[{"role":"user","content":"How many?"}]}\
            """;
    private static final String CONTENTS =
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"How many?\"}]}]}";
    private static final String INPUT =
            "{\"model\":\"one/anthropic.claude-x\",\"input\":\"How many?\"}";

    private final List<SimRequest> seen = new CopyOnWriteArrayList<>();

    private Harness gateway(Protocol protocol, SimAnswer answer) {
        Harness.Options options = new Harness.Options();
        options.protocol = protocol;
        options.provider =
                request -> {
                    seen.add(request);
                    return answer;
                };
        return new Harness(options);
    }

    private static HttpResponse<String> messages(Harness gateway) throws Exception {
        return gateway.post("/v1/messages/count_tokens", MESSAGES);
    }

    private static HttpResponse<String> contents(Harness gateway) throws Exception {
        return gateway.post("/v1beta/models/one/anthropic.claude-x:countTokens", CONTENTS);
    }

    private static HttpResponse<String> input(Harness gateway) throws Exception {
        return gateway.post("/v1/responses/input_tokens", INPUT);
    }

    private static long count(HttpResponse<String> answer, String member) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body()).get(member).orElseThrow().whole();
    }

    private static void by(String who, HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("x-fairlead-token-count")).hasValue(who);
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC_MESSAGES,input_tokens,/v1/messages/count_tokens",
        "GEMINI,totalTokens,/v1beta/models/anthropic.claude-x:countTokens",
        "BEDROCK_CONVERSE,inputTokens,/model/anthropic.claude-x/count-tokens",
        "OPENAI_RESPONSES,input_tokens,/v1/responses/input_tokens"
    })
    void theProviderCountsForClientsOfEveryProtocol(Protocol provider, String member, String path)
            throws Exception {
        SimAnswer answer = SimAnswer.json(200, "{\"" + member + "\": 42}");
        try (Harness gateway = gateway(provider, answer)) {
            HttpResponse<String> messages = messages(gateway);
            assertThat(count(messages, "input_tokens")).isEqualTo(42);
            by("provider", messages);
            assertThat(count(contents(gateway), "totalTokens")).isEqualTo(42);
            HttpResponse<String> input = input(gateway);
            assertThat(count(input, "input_tokens")).isEqualTo(42);
            assertThat(input.body())
                    .isEqualTo(
                            provider == Protocol.OPENAI_RESPONSES
                                    ? "{\"input_tokens\": 42}"
                                    : "{\"object\":\"response.input_tokens\",\"input_tokens\":42}");

            assertThat(seen).hasSize(3);
            for (SimRequest request : seen) {
                assertThat(request.path()).endsWith(path.substring(path.indexOf('/', 1)));
                assertThat(new String(request.body(), StandardCharsets.UTF_8))
                        .contains("How many?");
            }
            RequestRecord record = gateway.record();
            assertThat(record.spend()).contains(Money.ZERO);
            assertThat(record.usage().inputTokens()).isZero();
        }
    }

    @Test
    void theClientsOwnProviderGetsTheVeryBytes() throws Exception {
        String answer = "{\"input_tokens\":42,  \"more\":null}";
        try (Harness gateway = gateway(Protocol.ANTHROPIC_MESSAGES, SimAnswer.json(200, answer))) {
            HttpResponse<String> got = messages(gateway);

            assertThat(got.body()).isEqualTo(answer);
            by("provider", got);
            assertThat(new String(seen.getLast().body(), StandardCharsets.UTF_8))
                    .isEqualTo(MESSAGES.replace("one/", ""));
        }
    }

    @Test
    void theModelWithinAWrappedRequestIsTheProviders() throws Exception {
        try (Harness gateway =
                gateway(Protocol.GEMINI, SimAnswer.json(200, "{\"totalTokens\":42}"))) {
            HttpResponse<String> got =
                    gateway.post(
                            "/v1beta/models/one/gemini-x:countTokens",
                            """
                            {"generateContentRequest":{"model":"models/one/gemini-x",
                             "contents":[{"parts":[{"text":"Hi"}]}],
                             "systemInstruction":{"parts":[{"text":"Be brief."}]}}}\
                            """);

            assertThat(count(got, "totalTokens")).isEqualTo(42);
            assertThat(new String(seen.getLast().body(), StandardCharsets.UTF_8))
                    .contains("\"models/gemini-x\"")
                    .doesNotContain("one/gemini-x");
        }
    }

    @Test
    void theGatewayCountsWhereTheProviderDoesNot() throws Exception {
        try (Harness gateway = gateway(Protocol.OPENAI_CHAT, SimAnswer.json(500, "{}"))) {
            HttpResponse<String> messages = messages(gateway);

            // 3 around the turn, 3 around the answer, and "How many?"
            assertThat(count(messages, "input_tokens")).isEqualTo(9);
            by("local", messages);
            assertThat(messages.headers().firstValue("x-fairlead-tokenizer"))
                    .hasValue("o200k_base");
            assertThat(messages.headers().firstValue("x-fairlead-model"))
                    .hasValue("one/anthropic.claude-x");
            assertThat(messages.headers().firstValue("x-fairlead-cost")).hasValue("0");
            assertThat(count(contents(gateway), "totalTokens")).isEqualTo(9);
            assertThat(count(input(gateway), "input_tokens")).isEqualTo(9);

            assertThat(seen).isEmpty();
            RequestRecord record = gateway.record();
            assertThat(record.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(record.spend()).contains(Money.ZERO);
            gateway.awaitQuiet();
        }
    }

    @ParameterizedTest
    @CsvSource({"404", "429", "500", "401"})
    void theGatewayCountsWhereTheProviderFails(int status) throws Exception {
        SimAnswer failure =
                SimAnswer.json(
                        status,
                        "{\"type\":\"error\",\"error\":{\"type\":\"x\",\"message\":\"no\"}}");
        try (Harness gateway = gateway(Protocol.ANTHROPIC_MESSAGES, failure)) {
            HttpResponse<String> messages = messages(gateway);

            assertThat(count(messages, "input_tokens")).isEqualTo(9);
            by("local", messages);
            assertThat(messages.headers().firstValue("x-fairlead-attempts")).hasValue("2");
            assertThat(seen).hasSize(1);
            assertThat(gateway.record().attempts().getFirst().status()).isEqualTo(status);
        }
    }

    @Test
    void theProvidersRefusalOfTheRequestIsTheClients() throws Exception {
        SimAnswer refusal =
                SimAnswer.json(
                        400,
                        """
                        {"type":"error","error":{"type":"invalid_request_error",
                         "message":"messages: too few"}}\
                        """);
        try (Harness gateway = gateway(Protocol.ANTHROPIC_MESSAGES, refusal)) {
            HttpResponse<String> messages = messages(gateway);
            assertThat(messages.statusCode()).isEqualTo(400);
            assertThat(messages.body()).contains("messages: too few");

            HttpResponse<String> contents = contents(gateway);
            assertThat(contents.statusCode()).isEqualTo(400);
            assertThat(Json.parse(contents.body()).get("error").orElseThrow().get("status"))
                    .contains(Json.of("INVALID_ARGUMENT"));
        }
    }

    @Test
    void badRequestsAreNamedInTheClientsProtocol() throws Exception {
        try (Harness gateway = new Harness()) {
            HttpResponse<String> messages =
                    gateway.post(
                            "/v1/messages/count_tokens",
                            "{\"model\":\"one/echo\",\"messages\":[{\"role\":7}]}");
            assertThat(messages.statusCode()).isEqualTo(400);
            assertThat(messages.body()).contains("\"type\":\"error\"", "messages[0].role");

            HttpResponse<String> contents =
                    gateway.post("/v1beta/models/one/echo:countTokens", "{\"contents\":[7]}");
            assertThat(contents.statusCode()).isEqualTo(400);
            assertThat(contents.body()).contains("INVALID_ARGUMENT", "contents[0]");

            HttpResponse<String> input =
                    gateway.post(
                            "/v1/responses/input_tokens",
                            "{\"model\":\"one/echo\",\"previous_response_id\":\"resp_1\"}");
            assertThat(input.statusCode()).isEqualTo(400);
            assertThat(input.body()).contains("unsupported_parameter", "previous_response_id");
        }
    }

    @Test
    void aLongCountHoldsUpNobodyAndEndsWithItsClient() throws Exception {
        String text = "Four words or so. ".repeat(200_000);
        String body = MESSAGES.replace("How many?", text).replace("anthropic.claude-x", "echo");
        try (Harness gateway = new Harness()) {
            HttpRequest count =
                    HttpRequest.newBuilder(gateway.uri("/v1/messages/count_tokens"))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build();
            CompletableFuture<HttpResponse<String>> counting =
                    gateway.client().sendAsync(count, BodyHandlers.ofString());
            Harness.await(() -> gateway.inFlight() == 1);

            HttpResponse<String> chat =
                    gateway.post("/v1/chat/completions", Harness.chat("one/echo", false));

            assertThat(chat.statusCode()).isEqualTo(200);
            assertThat(counting).isNotDone();
            counting.cancel(true);
            Harness.await(() -> gateway.records.size() == 2);
            assertThat(gateway.record().outcome()).isEqualTo(Outcome.CANCELLED);
            gateway.awaitQuiet();
        }
    }
}
