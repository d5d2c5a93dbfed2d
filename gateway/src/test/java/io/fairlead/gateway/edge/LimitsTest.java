package io.fairlead.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.config.DataSize;
import io.fairlead.gateway.config.ServerConfig;
import io.fairlead.gateway.pipeline.ClientRequest;
import io.fairlead.gateway.pipeline.ClientResponse;
import io.vertx.core.buffer.Buffer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Greedy and slow clients. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String POST = "POST /v1/completions HTTP/1.1\r\nhost: localhost\r\n";
    private static final Duration SHORT = Duration.ofSeconds(1);

    /** Gives everything time, as most of these tests want no deadline to be met. */
    private EdgeHarness harness;

    private EdgeHarness strictOfHeads;
    private EdgeHarness strictOfSilence;
    private EdgeHarness strictOfBodies;
    private volatile CompletableFuture<Void> closed = new CompletableFuture<>();

    @BeforeAll
    void start() {
        harness = start(LONG, LONG, LONG);
        strictOfHeads = start(SHORT, LONG, LONG);
        strictOfSilence = start(LONG, SHORT, LONG);
        strictOfBodies = start(LONG, LONG, SHORT);
    }

    private EdgeHarness start(Duration header, Duration idle, Duration body) {
        ServerConfig base = ServerConfig.DEFAULT;
        return new EdgeHarness(
                EdgeHarness.config(
                        new ServerConfig(
                                "127.0.0.1",
                                0,
                                base.adminKey(),
                                false,
                                base.drain(),
                                new DataSize(1_000),
                                base.tls(),
                                List.of("https://app.example"),
                                new ServerConfig.Limits(
                                        8, header, idle, body, DataSize.ofMegabytes(1)))),
                this::handle);
    }

    private void handle(ClientRequest request, ClientResponse response) {
        if (request.query().equals("hang")) {
            response.onClose(() -> closed.complete(null));
            response.write(Buffer.buffer("begun"));
        } else if (request.query().equals("late")) {
            strictOfSilence.vertx.setTimer(3_000, _ -> response.end(Buffer.buffer("late")));
        } else {
            EdgeHarness.echo(request, response);
        }
    }

    @AfterAll
    void stop() {
        for (EdgeHarness each : List.of(harness, strictOfHeads, strictOfSilence, strictOfBodies)) {
            each.close();
        }
    }

    @Test
    void refusesADeclaredBodyThatIsTooLargeBeforeItComes() throws IOException {
        String answer = harness.raw(POST + "content-length: 1001\r\nexpect: 100-continue\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("request_too_large").endsWith("EOF");
    }

    @Test
    void asksForTheBodyOfAClientThatWaitsForLeave() throws IOException {
        String answer =
                harness.raw(
                        POST
                                + "connection: close\r\ncontent-length: 2\r\nexpect:"
                                + " 100-continue\r\n\r\nab");

        assertThat(answer)
                .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200")
                .contains("read 2");
    }

    @Test
    void refusesAChunkedBodyOnceItIsTooLarge() throws IOException {
        String chunk = "100\r\n" + "x".repeat(256) + "\r\n";
        String answer =
                harness.raw(
                        POST
                                + "connection: close\r\ntransfer-encoding: chunked\r\n\r\n"
                                + chunk.repeat(5)
                                + "0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("request_too_large").endsWith("EOF");
    }

    @Test
    void takesABodyOfExactlyTheLimit() throws IOException {
        assertThat(harness.post("/v1/completions", "x".repeat(1_000))).contains("read 1000");
    }

    @Test
    void theAnswerToATooLargeBodyIsNotLostWhileTheClientStillSends() throws IOException {
        byte[] request =
                (POST
                                + "connection: close\r\ncontent-length: 2000000\r\n\r\n"
                                + "x".repeat(2_000_000))
                        .getBytes(StandardCharsets.US_ASCII);

        assertThat(harness.raw(request, LONG)).startsWith("HTTP/1.1 413");
    }

    @Test
    void closesAConnectionWhoseHeadDoesNotCome() throws IOException {
        assertThat(
                        strictOfHeads.raw(
                                "GET /health/live HT".getBytes(StandardCharsets.US_ASCII), LONG))
                .endsWith("EOF");
    }

    @Test
    void closesAConnectionWhoseFirstHeadDrips() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", strictOfHeads.port())) {
            String head = "GET /health/live HTTP/1.1\r\nhost: localhost\r\nx-slow: ";

            assertThat(answerToDrips(socket, head)).doesNotContain("HTTP/1.1 200");
        }
    }

    @Test
    void closesAConnectionWhoseLaterHeadDrips() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", strictOfSilence.port())) {
            socket.getOutputStream()
                    .write(
                            "GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));

            assertThat(answerToDrips(socket, "G")).containsOnlyOnce("HTTP/1.1 200");
        }
    }

    /** Writes byte by byte until the server closes, which it must do long before a minute ends. */
    private static String answerToDrips(Socket socket, String text) throws Exception {
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> read(socket));
        for (int i = 0; !answer.isDone(); i++) {
            assertThat(i).as("bytes dripped into an open connection").isLessThan(300);
            try {
                socket.getOutputStream().write(i < text.length() ? text.charAt(i) : 'x');
            } catch (IOException _) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return answer.get(20, TimeUnit.SECONDS);
    }

    @Test
    void countsConnectionsFromTheMomentTheyAreAccepted() throws Exception {
        awaitConnections(harness, 0);
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                Socket socket = new Socket("127.0.0.1", harness.port());
                socket.setSoTimeout(i < 8 ? 20 : 20_000);
                sockets.add(socket);
            }
            assertThat(sockets.subList(8, 12)).noneMatch(LimitsTest::stillOpen);
            assertThat(sockets.subList(0, 8)).allMatch(LimitsTest::stillOpen);
            awaitConnections(harness, 8);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        awaitConnections(harness, 0);
    }

    @Test
    void countsNoConnectionWhoseTimeIsOver() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                sockets.add(new Socket("127.0.0.1", strictOfHeads.port()));
            }
            for (Socket socket : sockets) {
                assertThat(EdgeHarness.readAll(socket, LONG)).isEqualTo("EOF");
            }
            awaitConnections(strictOfHeads, 0);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static void awaitConnections(EdgeHarness of, int count) throws Exception {
        for (int i = 0; i < 300 && connections(of) != count; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(connections(of)).isEqualTo(count);
    }

    private static int connections(EdgeHarness of) {
        String metrics = new String(of.telemetry.scrape(), StandardCharsets.UTF_8);
        int at = metrics.indexOf("\nfairlead_client_connections ");
        return (int) Double.parseDouble(metrics.substring(at + 29, metrics.indexOf('\n', at + 1)));
    }

    private static boolean stillOpen(Socket socket) {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (java.net.SocketTimeoutException _) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void closesASilentConnection() throws IOException {
        assertThat(strictOfHeads.raw(new byte[0], LONG)).isEqualTo("EOF");
    }

    @Test
    void waitsForAnAnswerThatTakesLongerThanAnyIdleLimit() throws IOException {
        byte[] request =
                (POST.replace("completions", "completions?late")
                                + "connection: close\r\ncontent-length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);

        assertThat(strictOfSilence.raw(request, LONG)).startsWith("HTTP/1.1 200").contains("late");
    }

    @Test
    void closesAKeptConnectionThatIsIdleForTooLong() throws IOException {
        byte[] request =
                "GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII);

        assertThat(strictOfSilence.raw(request, LONG)).startsWith("HTTP/1.1 200").endsWith("EOF");
    }

    @Test
    void givesUpOnABodyThatStopsComing() throws IOException {
        byte[] request =
                (POST + "content-length: 900\r\n\r\nabc").getBytes(StandardCharsets.US_ASCII);

        assertThat(strictOfBodies.raw(request, LONG))
                .startsWith("HTTP/1.1 408")
                .contains("request_timeout")
                .endsWith("EOF");
    }

    @Test
    void givesUpOnABodyThatDrips() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", strictOfBodies.port())) {
            socket.getOutputStream()
                    .write(
                            (POST + "content-length: 900\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> read(socket));
            for (int i = 0; i < 40 && !answer.isDone(); i++) {
                try {
                    socket.getOutputStream().write('x');
                } catch (IOException _) {
                    break;
                }
                TimeUnit.MILLISECONDS.sleep(250);
            }
            assertThat(answer.get(20, TimeUnit.SECONDS)).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void tellsWhenTheClientHangsUp() throws Exception {
        closed = new CompletableFuture<>();
        try (Socket socket = new Socket("127.0.0.1", harness.port())) {
            socket.getOutputStream()
                    .write(
                            POST.replace("completions", "completions?hang")
                                    .concat("content-length: 0\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
        closed.get(30, TimeUnit.SECONDS);
    }

    @Test
    void refusesConnectionsPastTheLimit() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            int served = 0;
            for (int i = 0; i < 12; i++) {
                Socket socket = new Socket("127.0.0.1", harness.port());
                sockets.add(socket);
                socket.getOutputStream()
                        .write(
                                "GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n"
                                        .getBytes(StandardCharsets.US_ASCII));
                socket.setSoTimeout(8_000);
                served += answered(socket) ? 1 : 0;
            }
            assertThat(served).isLessThanOrEqualTo(8).isPositive();
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void onlyConfiguredOriginsGetCorsHeaders() throws IOException {
        String preflight =
                "OPTIONS /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
                        + "access-control-request-method: POST\r\n"
                        + "access-control-request-headers: authorization, content-type\r\norigin: ";

        assertThat(harness.raw(preflight + "https://app.example\r\n\r\n"))
                .startsWith("HTTP/1.1 204")
                .contains("access-control-allow-origin: https://app.example\r\n")
                .contains("access-control-allow-headers: authorization, content-type\r\n")
                .contains("vary: origin");
        assertThat(harness.raw(preflight + "https://evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .doesNotContain("access-control-allow");
        assertThat(harness.get("/health/live", "origin: https://app.example"))
                .contains("access-control-expose-headers: x-fairlead-request-id");
    }

    private static boolean answered(Socket socket) {
        try {
            return socket.getInputStream().read() == 'H';
        } catch (IOException _) {
            return false;
        }
    }

    private static String read(Socket socket) {
        try {
            return EdgeHarness.readAll(socket, LONG);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
