package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;

import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;

/** Bodies in both directions: sizes, encodings, raw routes, and a ledger that is full. */
final class BodiesTest {
    private static final String PATH = "/v1/chat/completions";

    private static byte[] encoded(String encoding, byte[] plain) {
        try {
            return switch (encoding) {
                case "br" -> {
                    Brotli4jLoader.ensureAvailability();
                    yield Encoder.compress(plain);
                }
                case "zstd" -> Zstd.compress(plain);
                default -> {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                        gzip.write(plain);
                    }
                    yield out.toByteArray();
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SimAnswer encodedAnswer(SimRequest request, String encoding) {
        SimAnswer.Reply plain = (SimAnswer.Reply) Harness.simulator().answer(request);
        byte[] bytes = encoded(encoding, plain.body().allBytes());
        return SimAnswer.bytes(
                        plain.status(),
                        plain.headers().stream()
                                .filter(it -> it.name().equalsIgnoreCase("content-type"))
                                .findFirst()
                                .orElseThrow()
                                .value(),
                        bytes)
                .withHeader("content-encoding", encoding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "zstd"})
    void undoesTheEncodingOfAProvidersAnswer(String encoding) throws Exception {
        Harness.Options options = new Harness.Options();
        options.provider = request -> encodedAnswer(request, encoding);
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> unary = gateway.post(PATH, Harness.chat("one/echo", false));
            assertThat(unary.body()).contains("hello there");
            assertThat(unary.headers().firstValue("content-encoding")).isEmpty();
            HttpResponse<String> stream = gateway.post(PATH, Harness.chat("one/echo", true));
            assertThat(stream.body()).contains("hell").endsWith("[DONE]\n\n");
            for (RequestRecord entry : gateway.records) {
                assertThat(entry.usage().outputTokens()).isPositive();
                assertThat(entry.usageEstimated()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "zstd"})
    void undoesTheEncodingOfAClientsBody(String encoding) throws Exception {
        try (Harness gateway = new Harness()) {
            byte[] body = encoded(encoding, Harness.chat("one/echo", false).getBytes(UTF_8));
            HttpResponse<String> answer =
                    gateway.send(
                            HttpRequest.newBuilder(gateway.uri(PATH))
                                    .header("content-type", "application/json")
                                    .header("content-encoding", encoding)
                                    .POST(BodyPublishers.ofByteArray(body)));
            assertThat(answer.body()).contains("hello there");
            assertThat(gateway.provider.traffic().newest().request().header("content-encoding"))
                    .isEmpty();
        }
    }

    @Test
    void refusesABombAndAnUnknownEncoding() throws Exception {
        Harness.Options options = new Harness.Options();
        options.limits = maxBody(1 << 20);
        try (Harness gateway = new Harness(options)) {
            byte[] bomb = encoded("gzip", new byte[64 << 20]);
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(gateway.uri(PATH))
                            .header("content-type", "application/json");
            assertThat(
                            gateway.send(
                                            request.copy()
                                                    .header("content-encoding", "gzip")
                                                    .POST(BodyPublishers.ofByteArray(bomb)))
                                    .statusCode())
                    .isEqualTo(413);
            assertThat(
                            gateway.send(
                                            request.copy()
                                                    .header("content-encoding", "zip")
                                                    .POST(BodyPublishers.ofByteArray(bomb)))
                                    .statusCode())
                    .isEqualTo(415);
            assertThat(
                            gateway.send(
                                            request.copy()
                                                    .header("content-encoding", "gzip")
                                                    .POST(BodyPublishers.ofString("{}")))
                                    .statusCode())
                    .isEqualTo(400);
            Harness.await(() -> gateway.budget.held() == 0);
        }
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        Harness.Options options = new Harness.Options();
        options.limits = maxBody(1000);
        try (Harness gateway = new Harness(options)) {
            String large = Harness.chat("one/" + "x".repeat(2000), false);
            HttpResponse<String> declared = gateway.post(PATH, large);
            assertThat(declared.statusCode()).isEqualTo(413);
            assertThat(declared.body()).contains("request_too_large");
        }
    }

    @Test
    void servesFiveHundredLargeBodiesAtOnce() throws Exception {
        try (Harness gateway = new Harness()) {
            String body =
                    "{\"model\":\"one/echo\",\"messages\":[{\"role\":\"user\",\"content\":\""
                            + "y".repeat(150_000)
                            + "\"}]}";
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                answers.add(
                        gateway.client()
                                .sendAsync(
                                        HttpRequest.newBuilder(gateway.uri(PATH))
                                                .header("content-type", "application/json")
                                                .timeout(Duration.ofSeconds(60))
                                                .POST(BodyPublishers.ofString(body))
                                                .build(),
                                        BodyHandlers.ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
            assertThat(gateway.records).hasSize(500);
            gateway.awaitQuiet();
        }
    }

    @Test
    void refusesBodiesBeyondTheBudgetOfAll() throws Exception {
        try (Harness gateway = new Harness()) {
            gateway.budget.apply(50);
            HttpResponse<String> answer = gateway.post(PATH, Harness.chat("one/echo", false));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("retry-after")).isPresent();
            assertThat(answer.body()).contains("overloaded");
        }
    }

    @Test
    void servesNothingThatCouldNotBeRecorded() throws Exception {
        try (Harness gateway = new Harness()) {
            gateway.ledgerAccepts = false;
            HttpResponse<String> refused = gateway.post(PATH, Harness.chat("one/echo", false));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("ledger_unavailable");
            assertThat(gateway.provider.traffic().requests()).isZero();
            gateway.ledgerAccepts = true;
            gateway.ledgerFull = true;
            HttpResponse<String> unary = gateway.post(PATH, Harness.chat("one/echo", false));
            assertThat(unary.statusCode()).isEqualTo(503);
            HttpResponse<String> stream = gateway.post(PATH, Harness.chat("one/echo", true));
            assertThat(stream.body()).contains("ledger_unavailable").doesNotContain("[DONE]");
        }
    }

    @Test
    void passesRawRequestsThroughWithTheProvidersKey() throws Exception {
        try (Harness gateway = new Harness()) {
            HttpResponse<String> answer =
                    gateway.send(
                            HttpRequest.newBuilder(
                                            gateway.uri(
                                                    "/passthrough/one/v1/chat/completions?key=fl-x&a=1"))
                                    .header("content-type", "application/json")
                                    .header("authorization", "Bearer sk-client")
                                    .header("x-anything", "passes")
                                    .POST(BodyPublishers.ofString(Harness.chat("echo", false))));
            assertThat(answer.body()).contains("hello there");
            SimRequest seen = gateway.provider.traffic().newest().request();
            assertThat(seen.header("authorization")).contains("Bearer sk-operator-one");
            assertThat(seen.header("x-anything")).contains("passes");
            assertThat(seen.query()).isEqualTo("a=1");
            RequestRecord entry = gateway.record();
            assertThat(entry.deployment()).contains("one/echo");
            assertThat(entry.usage().outputTokens()).isPositive();
            assertThat(entry.spend()).isPresent();
        }
    }

    @Test
    void passesAnyStatusOfARawRoute() throws Exception {
        try (Harness gateway = new Harness()) {
            HttpResponse<String> answer =
                    gateway.send(
                            HttpRequest.newBuilder(gateway.uri("/passthrough/one/v1/nothing"))
                                    .DELETE());
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(gateway.record().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(
                            gateway.send(
                                            HttpRequest.newBuilder(
                                                            gateway.uri("/passthrough/nobody/v1/x"))
                                                    .GET())
                                    .statusCode())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one/a\\nb",
                "one/a\\r\\nx-evil: 1",
                "one/\\u00e9\\u4e2d",
                "one/\\u0000",
                "nobody/\\n",
                "one/\\ud800"
            })
    void namesNoModelInAWayThatBreaksTheAnswersHead(String model) throws Exception {
        try (Harness gateway = new Harness()) {
            HttpResponse<String> answer = gateway.post(PATH, Harness.chat(model, false));
            assertThat(answer.statusCode()).isLessThan(500);
            assertThat(answer.headers().firstValue("x-evil")).isEmpty();
        }
    }

    @Test
    void recordsWhatTheClientSaysOfItsRequest() throws Exception {
        try (Harness gateway = new Harness()) {
            gateway.send(
                    HttpRequest.newBuilder(gateway.uri(PATH))
                            .header("content-type", "application/json")
                            .header("x-fairlead-tags", "blue, night")
                            .header("x-fairlead-metadata", "{\"job\":\"7\",\"n\":{\"x\":1}}")
                            .header(
                                    "traceparent",
                                    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                            .POST(BodyPublishers.ofString(Harness.chat("one/echo", false))));
            RequestRecord entry = gateway.record();
            assertThat(entry.tags()).containsExactly("blue", "night");
            assertThat(entry.metadata()).containsEntry("job", "7").hasSize(1);
            assertThat(entry.traceId()).contains("0af7651916cd43dd8448eb211c80319c");
            Optional<String> passedOn =
                    gateway.provider.traffic().newest().request().header("traceparent");
            assertThat(passedOn.orElseThrow())
                    .startsWith("00-0af7651916cd43dd8448eb211c80319c-")
                    .doesNotContain("b7ad6b7169203331");
        }
    }

    private static ExchangeLimits maxBody(long bytes) {
        ExchangeLimits usual = ExchangeLimits.DEFAULT;
        return new ExchangeLimits(
                bytes,
                usual.bodyIdle(),
                usual.hold(),
                usual.keepAlive(),
                usual.maxHeldBytes(),
                usual.maxEventBytes(),
                usual.maxAnswerBytes(),
                usual.clientStall(),
                0);
    }
}
