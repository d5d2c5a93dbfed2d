package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.fault.FaultInjector;
import io.fairlead.simulator.openai.OpenAiSimulator;
import io.fairlead.simulator.openai.SimModels;
import io.fairlead.simulator.server.BenchProvider;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * With a heap of 256 MB: thousands of streams, hundreds of large requests, a client that does not
 * read and providers that never stop. Nothing fails for want of memory, and all of it comes back.
 */
final class MemoryTest {
    private static final int STREAMS = 2_000;
    private static final int LARGE_REQUESTS = 500;
    private static final int LARGE_BYTES = 150 * 1024;
    private static final long MB = 1 << 20;

    /** Buffers and caches that stay by intent once used. */
    private static final long STAYING = 15 * MB;

    /**
     * Most that the process may ever have in memory: the heap, and 200 MB for all besides, which is
     * classes, code, threads and Netty's buffers. It was 367 MB when this was written.
     */
    private static final long RESIDENT = 456 * MB;

    @TempDir private Path folder;

    @Test
    void boundsMemoryAndGivesItBack() throws Exception {
        try (SimulatorServer simulator = SimulatorServer.start(provider());
                GatewayProcess gateway =
                        GatewayProcess.in(folder)
                                .jvm("-Xmx256m -XX:+ExitOnOutOfMemoryError")
                                .config(config(simulator.baseUrl()))
                                .start()) {
            // what is loaded once and stays is no leak
            all(20, () -> stream(gateway));
            all(20, () -> large(gateway));
            long idle = heapAfterCollection(gateway);

            all(STREAMS, () -> stream(gateway));
            all(LARGE_REQUESTS, () -> large(gateway));
            boundsWhatIsNotRead(gateway, simulator);
            refusesWhatIsTooLarge(gateway);

            assertThat(simulator.traffic().awaitIdle(Duration.ofSeconds(60))).isTrue();
            CancelTest.await(
                    "no request in work",
                    () -> LedgerRows.metric(gateway, "fairlead_in_flight_requests") == 0);
            for (String provider : List.of("paced", "unary", "huge")) {
                String open = "fairlead_upstream_connections{provider=\"" + provider + "\"}";
                CancelTest.await(
                        "no connection to " + provider,
                        () -> LedgerRows.metric(gateway, open) == 0);
            }
            assertThat(heapAfterCollection(gateway) / MB)
                    .as("MB of heap, idle before: %d", idle / MB)
                    .isLessThan((idle + STAYING) / MB);
            assertThat(peakResident(gateway) / MB)
                    .as("MB resident at the most")
                    .isLessThan(RESIDENT / MB);
            assertThat(gateway.output()).doesNotContain("OutOfMemory").doesNotContain("LEAK");
        }
    }

    /** Paced streams, and answers to large requests that wait until all of those are there. */
    private static SimProvider provider() {
        SimProvider faults =
                new FaultInjector(
                        new OpenAiSimulator(SimModels.lenientBuiltIn(), InstantSource.system()));
        BenchProvider bench = new BenchProvider(10, Duration.ofMillis(500), faults);
        return request -> {
            SimAnswer answer = bench.answer(request);
            return answer instanceof SimAnswer.Reply reply && request.path().contains("/unary/")
                    ? reply.after(Duration.ofSeconds(2))
                    : answer;
        };
    }

    private static String config(String simulator) {
        return """
        server: { admin_key: %1$s }
        log: { level: warn }
        defaults: { retries: 0, breaker: off }
        upstream: { keep_alive: 2s }
        providers:
          paced: { protocol: openai-chat, base_url: "%2$s/bench/paced/v1", api_key: sk-test }
          unary: { protocol: openai-chat, base_url: "%2$s/bench/unary/v1", api_key: sk-test }
          huge: { protocol: openai-chat, base_url: "%2$s/v1", api_key: sk-test }
        """
                .formatted(GatewayProcess.ADMIN_KEY, simulator);
    }

    private static void all(int count, Callable<Void> client) throws Exception {
        List<Future<Void>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                clients.add(threads.submit(client));
            }
        }
        for (Future<Void> each : clients) {
            each.get();
        }
    }

    private static Void stream(GatewayProcess gateway) throws IOException {
        try (Socket socket = ask(gateway, "/v1/chat/completions", body("paced/any", true, "Hi"))) {
            byte[] all = socket.getInputStream().readAllBytes();
            String answer = new String(all, StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200").contains("data: [DONE]\n\n");
        }
        return null;
    }

    private static Void large(GatewayProcess gateway) throws IOException {
        String body = body("unary/any", false, "x".repeat(LARGE_BYTES));
        try (Socket socket = ask(gateway, "/v1/chat/completions", body)) {
            byte[] all = socket.getInputStream().readAllBytes();
            assertThat(new String(all, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200");
        }
        return null;
    }

    /** A client that reads what never ends, and some that do not read. */
    private static void boundsWhatIsNotRead(GatewayProcess gateway, SimulatorServer simulator)
            throws Exception {
        String model = "echo-fault-huge-10GB";
        try (Socket reader =
                ask(gateway, "/passthrough/huge/v1/chat/completions", body(model, false, "Hi"))) {
            assertThat(read(reader, 100 * MB)).isGreaterThanOrEqualTo(100 * MB);
        }
        List<Socket> idle = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            idle.add(ask(gateway, "/v1/chat/completions", body("huge/" + model, true, "Hi")));
        }
        CancelTest.await(
                "all of them at the provider",
                () -> simulator.traffic().openRequests() >= idle.size());
        TimeUnit.SECONDS.sleep(3);
        assertThat(heapAfterCollection(gateway)).isLessThan(150 * MB);
        for (Socket socket : idle) {
            socket.close();
        }
    }

    /** An event without end is refused; an answer without end is cut at {@code max_answer}. */
    private static void refusesWhatIsTooLarge(GatewayProcess gateway) throws IOException {
        var event =
                gateway.post(
                        "/v1/chat/completions",
                        body("huge/echo-fault-huge-event-10GB", true, "Hi"));
        assertThat(event.statusCode()).isEqualTo(502);
        assertThat(event.body()).contains("upstream_error");
        String endless = body("huge/echo-fault-huge-10GB", false, "Hi");
        try (Socket socket = ask(gateway, "/v1/chat/completions", endless)) {
            assertThat(read(socket, 200 * MB)).isLessThan(110 * MB);
        }
    }

    /** Reads until the end, but not much more than so many bytes. */
    private static long read(Socket socket, long atMost) throws IOException {
        byte[] buffer = new byte[256 * 1024];
        long read = 0;
        try {
            InputStream in = socket.getInputStream();
            for (int count = 0; count >= 0 && read < atMost; count = in.read(buffer)) {
                read += count;
            }
        } catch (SocketException _) {
            // cut, so that nobody takes it for complete
        }
        return read;
    }

    private static String body(String model, boolean stream, String prompt) {
        return "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(model, stream, prompt);
    }

    private static Socket ask(GatewayProcess gateway, String path, String body) throws IOException {
        Socket socket = new Socket(gateway.url().getHost(), gateway.url().getPort());
        socket.setSoTimeout(60_000);
        String head =
                "POST %s HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
                        .formatted(path, body.length());
        socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** The peak of the process's resident memory so far, as Linux counts it; elsewhere 0. */
    private static long peakResident(GatewayProcess gateway) throws IOException {
        Path status = Path.of("/proc", Long.toString(gateway.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new AssertionError("no VmHWM in " + status);
    }

    private static long heapAfterCollection(GatewayProcess gateway) throws Exception {
        CancelTest.collect(gateway);
        TimeUnit.MILLISECONDS.sleep(300);
        CancelTest.collect(gateway);
        return (long) LedgerRows.metric(gateway, "fairlead_jvm_heap_used_bytes");
    }
}
