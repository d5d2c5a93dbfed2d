package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimStep;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What streams hold counts in the budget of all bodies, and what is open in the metrics. */
final class HeldBytesTest {
    /** A stream that begins an event of that size and takes its time to end it. */
    private static Harness.Options slowly(int bytes, Duration pause) {
        Harness.Options options = new Harness.Options();
        options.provider =
                _ ->
                        SimAnswer.eventStream(
                                SimBody.of(
                                        List.of(
                                                send(
                                                        "data:"
                                                            + " {\"choices\":[{\"index\":0,\"delta\":"
                                                            + "{\"content\":\""
                                                                + "x".repeat(bytes)),
                                                new SimStep.Wait(pause),
                                                send("\"}}]}\n\ndata: [DONE]\n\n"))));
        return options;
    }

    private static SimStep send(String text) {
        return new SimStep.Send(text.getBytes(StandardCharsets.UTF_8));
    }

    private static CompletableFuture<HttpResponse<String>> ask(Harness gateway, String path) {
        return gateway.client()
                .sendAsync(
                        HttpRequest.newBuilder(gateway.uri(path))
                                .header("content-type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                Harness.chat("one/echo", true)))
                                .build(),
                        BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({"/v1/chat/completions", "/passthrough/one/v1/chat/completions"})
    void anEventWhoseEndHasNotComeIsCountedUntilItIsGone(String path) throws Exception {
        try (Harness gateway = new Harness(slowly(500_000, Duration.ofMillis(700)))) {
            var answer = ask(gateway, path);

            Harness.await(() -> gateway.budget.held() >= 500_000);
            assertThat(answer.get().body()).contains("xxxx").endsWith("data: [DONE]\n\n");
            Harness.await(() -> gateway.budget.held() == 0);
        }
    }

    @Test
    void aStreamForWhichThereIsNoRoomIsRefused() throws Exception {
        try (Harness gateway = new Harness(slowly(3_000_000, Duration.ofSeconds(20)))) {
            gateway.budget.apply(1_000_000);
            HttpResponse<String> answer = ask(gateway, "/v1/chat/completions").get();

            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body()).contains("no memory is left");
            assertThat(gateway.record().attempts().getFirst().fault()).contains("too_large");
            Harness.await(() -> gateway.budget.held() == 0);
            assertThat(gateway.provider.traffic().awaitNoConnection(Duration.ofSeconds(10)))
                    .isTrue();
        }
    }

    @Test
    void showsOpenStreamsAndTheConnectionsToEachProvider() throws Exception {
        try (Harness gateway = new Harness()) {
            CompletableFuture<HttpResponse<String>> first =
                    gateway.client()
                            .sendAsync(
                                    HttpRequest.newBuilder(gateway.uri("/v1/chat/completions"))
                                            .POST(
                                                    HttpRequest.BodyPublishers.ofString(
                                                            Harness.chat(
                                                                    "one/echo-fault-stall-after-"
                                                                            + "events-3",
                                                                    true)))
                                            .build(),
                                    BodyHandlers.ofString());
            gateway.awaitCommitted();
            gateway.post("/v1/chat/completions", Harness.chat("one/echo", false));

            Harness.await(() -> gateway.pools.idle().getOrDefault("one", 0) == 1);
            assertThat(gateway.pools.connections()).containsEntry("one", 2);
            assertThat(gateway.pools.waiting()).containsEntry("one", 0);
            assertThat(metrics(gateway)).contains("fairlead_open_streams 1.0");

            first.cancel(true);
            gateway.abort();
            Harness.await(() -> gateway.pools.connections().getOrDefault("one", 0) == 1);
            assertThat(gateway.pools.idle()).containsEntry("one", 1);
            assertThat(metrics(gateway)).contains("fairlead_open_streams 0.0");
        }
    }

    private static String metrics(Harness gateway) {
        return new String(gateway.telemetry.scrape(), StandardCharsets.UTF_8);
    }
}
