package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.simulator.Header;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.SimStep;
import io.fairlead.simulator.openai.OpenAiSimulator;
import io.fairlead.simulator.openai.SimModels;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Requests and answers changed at random: never a 500, never a hang, and a gateway that works
 * afterwards. {@code -Dfairlead.fuzz.seconds=600} makes a longer run, {@code -Dfairlead.fuzz.seed}
 * another one.
 */
final class HostileInputTest {
    private static final long SEED = Long.getLong("fairlead.fuzz.seed", 20_261_122);
    private static final Duration RUN =
            Duration.ofSeconds(Integer.getInteger("fairlead.fuzz.seconds", 8));
    private static final int AT_LEAST = 51;
    private static final String JSON =
            "{\"model\":\"p/echo\",\"stream\":true,\"n\":1,\"temperature\":0.5,\"stop\":[\"a\",null],\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Grüße"
                + " \\ud83d\\ude00\"}]}],"
                + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],"
                + "\"stream_options\":{\"include_usage\":true},\"metadata\":{\"a\":\"b\"},\"user\":\"u\"}";
    private static final String FORM =
            "--XX\r\n"
                    + "content-disposition: form-data; name=\"model\"\r\n\r\n"
                    + "p/whisper\r\n"
                    + "--XX\r\n"
                    + "content-disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n"
                    + "content-type: audio/wav\r\n\r\n"
                    + "RIFFdata\r\n"
                    + "--XX--\r\n";
    private static final String KEY = "virtual-key-of-a-fuzzing-client";
    private static final String EVENTS =
            "data:"
                + " {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n"
                + "data:"
                + " {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hello\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}\n\n"
                + "data: [DONE]\n\n";
    private static final String WHOLE =
            "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"message\":{\"role\":\"assistant\",\"content\":\"hello\"},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}";

    @TempDir private Path folder;

    @Test
    void answersChangedRequestsWithoutAnErrorOfItsOwn() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        OpenAiSimulator provider =
                new OpenAiSimulator(SimModels.lenientBuiltIn(), InstantSource.system());
        try (SimulatorServer simulator = SimulatorServer.start(provider);
                GatewayProcess gateway = start(simulator)) {
            long end = System.nanoTime() + RUN.toNanos();
            int count = 0;
            for (; count < AT_LEAST || System.nanoTime() < end; count++) {
                byte[] request = request(random);
                check(gateway, request, send(gateway.url(), request), count);
            }
            checkHealth(gateway, simulator);
        }
    }

    @Test
    void answersChangedAnswersWithACleanUpstreamErrorOrNone() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED + 1);
        try (SimulatorServer simulator = SimulatorServer.start(new Hostile(random));
                GatewayProcess gateway = start(simulator)) {
            long end = System.nanoTime() + RUN.toNanos();
            int count = 0;
            for (; count < AT_LEAST || System.nanoTime() < end; count++) {
                String body =
                        "{\"model\":\"p/echo\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
                                .formatted(count % 2 == 0);
                byte[] request = http("POST /v1/chat/completions", "application/json", body);
                check(gateway, request, send(gateway.url(), request), count);
            }
            checkHealth(gateway, simulator);
        }
    }

    private GatewayProcess start(SimulatorServer simulator) {
        return GatewayProcess.in(folder)
                .config(
                        """
                        server: { admin_key: %s, limits: { header: 1s, body: 1s, idle: 2s } }
                        keys: [ { name: fuzz, secret: %s } ]
                        providers:
                          p: { protocol: openai-chat, base_url: "%s/v1", api_key: sk-test, retries: 0, breaker: off, timeout: { first_token: 3s, idle: 3s, total: 5s } }
                        """
                                .formatted(GatewayProcess.ADMIN_KEY, KEY, simulator.baseUrl()))
                .start();
    }

    private static byte[] http(String line, String type, String body) {
        String head =
                line
                        + " HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer "
                        + KEY
                        + "\r\nconnection: close\r\ncontent-type: "
                        + type
                        + "\r\ncontent-length: "
                        + body.getBytes(StandardCharsets.UTF_8).length
                        + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    /** A good request with some bytes changed: of its body, its head, or both. */
    private static byte[] request(RandomGenerator random) {
        boolean form = random.nextInt(4) == 0;
        String type = form ? "multipart/form-data; boundary=XX" : "application/json";
        String path =
                form
                        ? "/v1/audio/transcriptions"
                        : List.of(
                                        "/v1/chat/completions",
                                        "/v1/responses",
                                        "/v1/embeddings",
                                        "/v1/images/generations",
                                        "/passthrough/p/v1/x")
                                .get(random.nextInt(5));
        String body = form ? FORM : JSON;
        if (random.nextInt(3) > 0) {
            byte[] changed = Mutations.mutate(random, body.getBytes(StandardCharsets.UTF_8));
            // one byte a char, so that lengths stay true
            byte[] head = http("POST " + path, type, "x".repeat(changed.length));
            System.arraycopy(changed, 0, head, head.length - changed.length, changed.length);
            return head;
        }
        byte[] all = http("POST " + path, type, body);
        int headLength = new String(all, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Mutations.mutate(random, java.util.Arrays.copyOf(all, headLength)));
        out.write(all, headLength, all.length - headLength);
        return out.toByteArray();
    }

    /** All the gateway says until it closes. */
    private static String send(URI url, byte[] request) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(60_000);
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
                InputStream in = socket.getInputStream();
                in.transferTo(answer);
            } catch (SocketException _) {
                // closed by the gateway while we wrote: what it said before counts
            }
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    private static void check(GatewayProcess gateway, byte[] request, String answer, int number) {
        String what =
                "seed %d, number %d:\n%s"
                        .formatted(SEED, number, new String(request, StandardCharsets.ISO_8859_1));
        assertThat(answer).as(what).doesNotStartWith("HTTP/1.1 500").doesNotContain("\"internal\"");
        assertThat(gateway.isAlive()).as(what).isTrue();
    }

    private static void checkHealth(GatewayProcess gateway, SimulatorServer simulator)
            throws InterruptedException {
        assertThat(gateway.admin("/health/ready")).isNotEmpty();
        assertThat(simulator.traffic().awaitIdle(Duration.ofSeconds(60))).isTrue();
        CancelTest.await(
                "no request in work",
                () -> LedgerRows.metric(gateway, "fairlead_in_flight_requests") == 0);
        assertThat(gateway.output()).doesNotContain("Exception").doesNotContain("LEAK");
    }

    /** A provider whose answers are changed at random. Thread-safe as far as one client needs. */
    private record Hostile(RandomGenerator random) implements SimProvider {
        @Override
        public synchronized SimAnswer answer(SimRequest request) {
            boolean stream =
                    new String(request.body(), StandardCharsets.UTF_8).contains("\"stream\":true");
            byte[] bytes = (stream ? EVENTS : WHOLE).getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(8) == 0) {
                random.nextBytes(bytes);
            } else {
                bytes = Mutations.mutate(random, bytes);
            }
            List<SimStep> steps = new ArrayList<>();
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(200));
                steps.add(new SimStep.Send(java.util.Arrays.copyOfRange(bytes, at, at + length)));
                at += length;
            }
            if (random.nextInt(4) == 0) {
                steps.add(new SimStep.Cut());
            }
            String type = stream ? "text/event-stream" : "application/json";
            int status = random.nextInt(6) == 0 ? 200 + random.nextInt(400) : 200;
            return new SimAnswer.Reply(
                    Duration.ZERO,
                    status,
                    List.of(new Header("content-type", type)),
                    SimBody.of(steps));
        }
    }
}
