package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.kernel.Protocol;

import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What becomes of requests in work when the time to finish them is over. */
final class StopTest {
    private static CompletableFuture<HttpResponse<String>> ask(
            Harness gateway, String path, String json) {
        return gateway.client()
                .sendAsync(
                        HttpRequest.newBuilder(gateway.uri(path))
                                .header("content-type", "application/json")
                                .timeout(Duration.ofSeconds(20))
                                .POST(HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static HttpResponse<String> stopped(
            Harness gateway, CompletableFuture<HttpResponse<String>> answer) throws Exception {
        gateway.abort();
        HttpResponse<String> got = answer.get(30, TimeUnit.SECONDS);
        assertThat(gateway.provider.traffic().awaitNoConnection(Duration.ofSeconds(30))).isTrue();
        gateway.awaitQuiet();
        RequestRecord entry = gateway.record();
        assertThat(gateway.records).hasSize(1);
        assertThat(entry.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(entry.errorCode()).contains("overloaded");
        assertThat(entry.errorMessage().orElse("")).contains("shutting down");
        return got;
    }

    @Test
    void endsAnOpenStreamWithAnErrorEvent() throws Exception {
        try (Harness gateway = new Harness()) {
            var answer =
                    ask(
                            gateway,
                            "/v1/chat/completions",
                            Harness.chat("one/echo-fault-stall-after-events-3", true));
            Harness.await(() -> gateway.provider.traffic().openRequests() == 1);
            // the events of the provider are in the client's hands when nothing is held any more
            gateway.awaitCommitted();
            HttpResponse<String> got = stopped(gateway, answer);

            assertThat(got.statusCode()).isEqualTo(200);
            assertThat(got.body())
                    .contains("\"delta\"")
                    .contains("data: {\"error\":{\"message\":\"The gateway is shutting down")
                    .contains("\"code\":\"overloaded\"")
                    .doesNotContain("[DONE]");
            assertThat(gateway.record().status()).isEqualTo(200);
        }
    }

    @Test
    void endsAResponsesStreamInItsOwnForm() throws Exception {
        Harness.Options options = new Harness.Options();
        options.protocol = Protocol.OPENAI_RESPONSES;
        try (Harness gateway = new Harness(options)) {
            var answer =
                    ask(
                            gateway,
                            "/v1/responses",
                            "{\"model\":\"one/echo-fault-stall-after-events-8\",\"stream\":true,"
                                    + "\"input\":\"hello there\"}");
            gateway.awaitCommitted();

            assertThat(stopped(gateway, answer).body())
                    .contains("event: error\ndata: {\"type\":\"error\"")
                    .contains("overloaded")
                    .doesNotContain("response.completed");
        }
    }

    @Test
    void answersWhatHasNoStatusYetWith503() throws Exception {
        for (boolean stream : new boolean[] {false, true}) {
            try (Harness gateway = new Harness()) {
                var answer =
                        ask(
                                gateway,
                                "/v1/chat/completions",
                                Harness.chat("one/echo-fault-stall-before-headers", stream));
                Harness.await(() -> gateway.provider.traffic().openRequests() == 1);
                HttpResponse<String> got = stopped(gateway, answer);

                assertThat(got.statusCode()).isEqualTo(503);
                assertThat(got.headers().firstValue("content-type")).contains("application/json");
                assertThat(got.headers().firstValue("retry-after")).contains("5");
                assertThat(got.body()).contains("\"code\":\"overloaded\"");
                assertThat(gateway.record().status()).isEqualTo(503);
            }
        }
    }

    @Test
    void answersWhatComesLaterWith503() throws Exception {
        try (Harness gateway = new Harness()) {
            gateway.post("/v1/chat/completions", Harness.chat("one/echo", false));
            gateway.abort();
            HttpResponse<String> got =
                    gateway.post("/v1/chat/completions", Harness.chat("one/echo", false));

            assertThat(got.statusCode()).isEqualTo(503);
            assertThat(gateway.records).hasSize(2);
        }
    }
}
