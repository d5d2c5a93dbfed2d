package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.simulator.openai.OpenAiSimulator;
import io.fairlead.simulator.openai.SimModels;
import io.fairlead.simulator.server.BenchProvider;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Clients that hang up in the middle of a stream cost nothing afterwards and are in the ledger. */
final class CancelTest {
    private static final int CLIENTS = 1_000;
    private static final int AT_A_TIME = 100;

    @TempDir private Path folder;

    @Test
    void leavesNothingBehindWhenAThousandClientsHangUp() throws Exception {
        BenchProvider endless =
                new BenchProvider(
                        100_000,
                        Duration.ofMillis(50),
                        new OpenAiSimulator(SimModels.lenientBuiltIn(), InstantSource.system()));
        try (SimulatorServer simulator = SimulatorServer.start(endless);
                GatewayProcess gateway =
                        GatewayProcess.in(folder)
                                .jvm("-Dio.netty.leakDetection.level=paranoid")
                                .config(config(simulator.baseUrl()))
                                .start()) {
            hangUp(gateway.url());
            assertThat(simulator.traffic().awaitIdle(Duration.ofSeconds(60)))
                    .as("open upstream requests: %d", simulator.traffic().openRequests())
                    .isTrue();
            assertThat(simulator.traffic().requests()).isEqualTo(CLIENTS);
            assertThat(simulator.traffic().aborted()).isEqualTo(CLIENTS);
            List<JsonNode> rows = LedgerRows.all(gateway, "");
            assertThat(rows).hasSize(CLIENTS);
            assertThat(rows)
                    .allSatisfy(row -> {
                        assertThat(row.path("outcome").asString()).isEqualTo("cancelled");
                        assertThat(row.path("output_tokens").asInt()).isPositive();
                    });
            assertThat(LedgerRows.usage(gateway).path("cancelled").asInt()).isEqualTo(CLIENTS);
            for (String gauge : List.of("fairlead_in_flight_requests", "fairlead_open_streams")) {
                await(gauge, () -> LedgerRows.metric(gateway, gauge) == 0);
            }
            // garbage is where the detector finds leaks, at a later allocation
            collect(gateway);
            for (int i = 0; i < 50; i++) {
                gateway.post(
                        "/v1/chat/completions",
                        "{\"model\":\"sim/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
            }
            assertThat(gateway.output()).doesNotContain("LEAK");
        }
    }

    private static String config(String simulator) {
        return """
        server: { admin_key: %s }
        providers:
          p: { protocol: openai-chat, base_url: "%s/bench/paced/v1", api_key: sk-test }
        """
                .formatted(GatewayProcess.ADMIN_KEY, simulator);
    }

    private static void hangUp(URI url) throws Exception {
        List<Future<?>> clients = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME)) {
            for (int i = 0; i < CLIENTS; i++) {
                boolean reset = i % 2 == 0;
                clients.add(pool.submit(() -> hangUp(url, reset)));
            }
        }
        for (Future<?> client : clients) {
            client.get();
        }
    }

    /** Reads two events with output, then goes away: with a FIN, or with an RST. */
    private static Void hangUp(URI url, boolean reset) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(60_000);
            String body =
                    "{\"model\":\"p/any\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
            String head =
                    "POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\n"
                            + "content-type: application/json\r\ncontent-length: "
                            + body.length()
                            + "\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[4096];
            StringBuilder seen = new StringBuilder();
            while (seen.indexOf("sent_nanos", seen.indexOf("sent_nanos") + 10) < 0) {
                int count = in.read(buffer);
                assertThat(count).as("a stream that goes on, not: %s", seen).isPositive();
                seen.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
            }
            if (reset) {
                socket.setSoLinger(true, 0);
            }
        }
        return null;
    }

    static void collect(GatewayProcess gateway) throws Exception {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        new ProcessBuilder(jcmd.toString(), Long.toString(gateway.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor(30, TimeUnit.SECONDS);
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start)
                    .as(what + " in time")
                    .isLessThan(Duration.ofSeconds(60).toNanos());
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
