package io.fairlead.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Bytes that no honest client sends, over real sockets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileHttpTest {
    private EdgeHarness harness;

    @BeforeAll
    void start() {
        harness = new EdgeHarness(EdgeHarness.config(), EdgeHarness::echo);
    }

    @AfterAll
    void stop() {
        harness.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // smuggling
                "POST /v1/completions HTTP/1.1\r\n"
                        + "Host: localhost\r\n"
                        + "Content-Length: 3\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + "0\r\n\r\n"
                        + "GET /health/live HTTP/1.1\r\n"
                        + "Host: localhost\r\n\r\n",
                "POST /v1/completions HTTP/1.1\r\n"
                        + "Host: localhost\r\n"
                        + "Content-Length: 3\r\n"
                        + "Content-Length: 4\r\n\r\n"
                        + "abcd",
                "POST /v1/completions HTTP/1.1\r\n"
                        + "Host: localhost\r\n"
                        + "Content-Length: 3\r\n"
                        + "Content-Length: 3\r\n\r\n"
                        + "abc",
                "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: +3\r\n\r\nabc",
                "POST /v1/completions HTTP/1.1\r\n"
                        + "Host: localhost\r\n"
                        + "Content-Length: 9999999999999999999999\r\n\r\n",
                "POST /v1/completions HTTP/1.1\r\n"
                        + "Host: localhost\r\n"
                        + "Transfer-Encoding: gzip\r\n\r\n",
                "POST /v1/completions HTTP/1.1\r\n"
                        + "Host: localhost\r\n"
                        + "Transfer-Encoding: xchunked\r\n\r\n"
                        + "0\r\n\r\n",
                // malformed heads
                "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nBad Name: x\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX: a\u0000b\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n folded: b\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\n\r\n",
                "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
                "GET /v1/models HTTP/1.1\nHost: localhost\n\n",
                "GET /v1/models\r\n\r\n",
                "\u0000\u0001\u0002\u0003\r\n\r\n",
                // targets
                "GET /v1/../admin/v1/usage HTTP/1.1\r\n"
                        + "Host: localhost\r\n"
                        + "Connection: close\r\n\r\n",
                "GET /passthrough/a/%2e%2e/b HTTP/1.1\r\n"
                        + "Host: localhost\r\n"
                        + "Connection: close\r\n\r\n",
                "GET /passthrough/a/..%2fb HTTP/1.1\r\n"
                        + "Host: localhost\r\n"
                        + "Connection: close\r\n\r\n",
                "GET /v1/models/%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /v1/models/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /v1/models/%0d%0ax HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /v1\\models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /v1/m\u00e9 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET http://user@localhost/v1/models HTTP/1.1\r\n"
                        + "Host: localhost\r\n"
                        + "Connection: close\r\n\r\n",
                "GET ftp://localhost/v1/models HTTP/1.1\r\n"
                        + "Host: localhost\r\n"
                        + "Connection: close\r\n\r\n",
            })
    void isRefusedWith400AndClosed(String bytes) throws IOException {
        assertThat(harness.raw(bytes)).matches("(?s)HTTP/1.[01] 400 .*EOF").doesNotContain("live");
    }

    @Test
    void brokenChunksCloseTheConnection() throws IOException {
        assertThat(
                        harness.raw(
                                "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\n"
                                        + "Transfer-Encoding: chunked\r\n\r\nZZ\r\nGET /health/live"
                                        + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .endsWith("EOF")
                .doesNotContain("live");
    }

    @Test
    void headersAndLinesHaveALimit() throws IOException {
        String head = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
        assertThat(harness.raw("GET /" + "a".repeat(20_000) + head + "\r\n"))
                .startsWith("HTTP/1.0 4");
        assertThat(harness.raw("GET /health/live" + head + "X: " + "a".repeat(40_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
        assertThat(harness.raw("GET /health/live" + head + "X: b\r\n".repeat(9_000) + "\r\n"))
                .startsWith("HTTP/1.1 4");
    }

    @Test
    void randomBytesAndMutatedRequestsNeverCauseADefectOrAHang() throws IOException {
        long seed = Long.getLong("fairlead.seed", 20261122L);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
        for (int round = 0; round < 400 && System.nanoTime() < end; round++) {
            byte[] bytes = hostile(random);
            String answer = exchange(bytes);
            assertThat(answer)
                    .as("seed %d, round %d: %s", seed, round, printable(bytes))
                    .doesNotContain(" 500 ")
                    .doesNotContain("internal");
        }
        assertThat(harness.get("/health/live")).startsWith("HTTP/1.1 200");
    }

    /** Half-closes after sending, so that an unfinished request ends too. */
    private String exchange(byte[] bytes) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", harness.port())) {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            return EdgeHarness.readAll(socket, Duration.ofSeconds(8)) + "";
        } catch (java.net.SocketException _) {
            return "reset";
        }
    }

    private static byte[] hostile(RandomGenerator random) {
        byte[] bytes;
        if (random.nextInt(5) == 0) {
            bytes = new byte[random.nextInt(1, 600)];
            random.nextBytes(bytes);
            return bytes;
        }
        String[] seeds = {
            "POST /v1/chat/completions HTTP/1.1\r\n"
                    + "Host: localhost\r\n"
                    + "Content-Length: 5\r\n\r\n"
                    + "hello",
            "POST /v1/responses HTTP/1.1\r\n"
                    + "Host: localhost\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "5\r\n"
                    + "hello\r\n"
                    + "0\r\n\r\n",
            "GET /v1/models/a%2Fb?key=x HTTP/1.1\r\nHost: 127.0.0.1:1\r\nAccept: */*\r\n\r\n",
            "GET /health/live HTTP/1.1\r\n"
                    + "Host: localhost\r\n"
                    + "Connection: Upgrade, HTTP2-Settings\r\n"
                    + "Upgrade: h2c\r\n"
                    + "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\n"
                    + "SM\r\n\r\n"
                    + "\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000",
            "OPTIONS /v1/models HTTP/1.1\r\nHost: localhost\r\nOrigin: x\r\n\r\n",
        };
        bytes = seeds[random.nextInt(seeds.length)].getBytes(StandardCharsets.ISO_8859_1);
        int changes = random.nextInt(1, 6);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            bytes[at] =
                    random.nextBoolean()
                            ? (byte) random.nextInt(256)
                            : (byte) "\r\n :;,/%?#\u0000\u007f".charAt(random.nextInt(12));
        }
        return bytes;
    }

    private static String printable(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .replaceAll("[^\\x20-\\x7e]", ".")
                .substring(0, Math.min(200, bytes.length));
    }
}
