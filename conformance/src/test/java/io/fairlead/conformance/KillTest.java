package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.simulator.openai.OpenAiSimulator;
import io.fairlead.simulator.openai.SimModels;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * {@code kill -9} under load, again and again: what a client got to its end is in the ledger,
 * exactly once, and the sums are exact.
 */
final class KillTest {
    private static final int KILLS = 20;
    private static final int CLIENTS = 8;
    private static final long SEED = 20_261_122;

    @TempDir private Path folder;
    private final Queue<String> completed = new ConcurrentLinkedQueue<>();

    @Test
    void recordsEveryCompletedAnswerExactlyOnceWhateverIsKilled() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        try (SimulatorServer simulator =
                SimulatorServer.start(
                        new OpenAiSimulator(SimModels.lenientBuiltIn(), InstantSource.system()))) {
            GatewayProcess.Launch launch =
                    GatewayProcess.in(folder).config(config(simulator.baseUrl()));
            for (int kill = 0; kill < KILLS; kill++) {
                try (GatewayProcess gateway = launch.start()) {
                    killUnderLoad(gateway, Duration.ofMillis(100 + random.nextInt(700)));
                }
            }
            try (GatewayProcess gateway = launch.start()) {
                check(gateway);
            }
        }
    }

    /** A prime price for a token leaves no digit of a sum to chance. */
    private static String config(String simulator) {
        return """
        server: { admin_key: %s }
        providers:
          p:
            protocol: openai-chat
            base_url: "%s/v1"
            api_key: sk-test
            models: [ { id: echo, price: { input: 0.0000037, output: 0.0000000000113, request: 0.00000000000000019 } } ]
        """
                .formatted(GatewayProcess.ADMIN_KEY, simulator);
    }

    private void killUnderLoad(GatewayProcess gateway, Duration after) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> clients = new ArrayList<>();
        // a client per process: connections of a killed one must not be taken up again
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int i = 0; i < CLIENTS; i++) {
                boolean stream = i % 2 == 0;
                clients.add(Thread.ofVirtual().start(() -> ask(http, gateway, stream, over)));
            }
            int before = completed.size();
            CancelTest.await("a completed answer", () -> completed.size() > before);
            TimeUnit.MILLISECONDS.sleep(after.toMillis());
            gateway.kill();
            over.set(true);
            for (Thread client : clients) {
                client.join(Duration.ofSeconds(60));
            }
            http.shutdownNow();
        }
    }

    private void ask(HttpClient http, GatewayProcess gateway, boolean stream, AtomicBoolean over) {
        for (int number = 0; !over.get(); number++) {
            String body =
                    "{\"model\":\"p/echo\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                            .formatted(stream, "word ".repeat(1 + number % 17));
            HttpRequest request =
                    HttpRequest.newBuilder(gateway.url("/v1/chat/completions"))
                            .header("content-type", "application/json")
                            .timeout(Duration.ofSeconds(60))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build();
            try {
                HttpResponse<String> answer =
                        http.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200
                        && (!stream || answer.body().endsWith("data: [DONE]\n\n"))) {
                    completed.add(
                            answer.headers().firstValue("x-fairlead-request-id").orElseThrow());
                }
            } catch (IOException _) {
                // killed: this one was not completed
                return;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void check(GatewayProcess gateway) {
        List<JsonNode> rows = LedgerRows.all(gateway, "");
        Set<String> ids = new HashSet<>();
        for (JsonNode row : rows) {
            assertThat(ids.add(row.path("id").asString())).as("once: %s", row).isTrue();
        }
        assertThat(ids).as("seed %d", SEED).containsAll(completed);
        JsonNode usage = LedgerRows.usage(gateway);
        assertThat(usage.path("requests").asInt()).isEqualTo(rows.size());
        BigDecimal sum = LedgerRows.spend(rows);
        assertThat(sum).isPositive();
        assertThat(new BigDecimal(usage.path("spend").asString())).isEqualByComparingTo(sum);
        for (JsonNode row : rows) {
            if (row.path("outcome").asString().equals("completed")) {
                assertThat(new BigDecimal(row.path("spend").asString()))
                        .as("%s", row)
                        .isEqualByComparingTo(price(row));
            }
        }
    }

    private static BigDecimal price(JsonNode row) {
        BigDecimal input = BigDecimal.valueOf(row.path("input_tokens").asLong());
        BigDecimal output = BigDecimal.valueOf(row.path("output_tokens").asLong());
        return input.multiply(new BigDecimal("0.0000037"))
                .add(output.multiply(new BigDecimal("0.0000000000113")))
                .movePointLeft(6)
                .add(new BigDecimal("0.00000000000000019"));
    }
}
