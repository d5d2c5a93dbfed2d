package io.fairlead.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.pipeline.ClientRequest;
import io.fairlead.gateway.pipeline.ClientResponse;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class DrainAndHttp2Test {
    private final CompletableFuture<ClientResponse> open = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final AtomicInteger rapid = new AtomicInteger();
    private EdgeHarness harness;

    @BeforeEach
    void start() {
        harness = new EdgeHarness(EdgeHarness.config(), this::handle);
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private void handle(ClientRequest request, ClientResponse response) {
        if (request.query().equals("rapid")) {
            rapid.incrementAndGet();
        } else if (request.query().equals("hang")) {
            response.onClose(() -> closed.complete(null));
            response.write(Buffer.buffer("begun\n"));
            harness.vertx.setTimer(
                    request.contentLength() == 1 ? 60_000 : 1_500,
                    _ -> response.end(Buffer.buffer("ended\n")));
            open.complete(response);
        } else {
            EdgeHarness.echo(request, response);
        }
    }

    @Test
    void aStopLetsStreamsFinishAndTakesNoNewConnection() throws Exception {
        try (Socket socket = hang("")) {
            open.get(30, TimeUnit.SECONDS);
            Future<Void> drained = harness.edge.drain(Duration.ofSeconds(20));

            assertThat(EdgeHarness.readAll(socket, Duration.ofSeconds(15)))
                    .contains("begun")
                    .contains("ended")
                    .endsWith("EOF");
            EdgeHarness.await(drained);
            assertThat(connects()).isFalse();
        }
    }

    @Test
    void aStopCutsWhatDoesNotFinishInTime() throws Exception {
        try (Socket socket = hang("x")) {
            open.get(30, TimeUnit.SECONDS);
            Future<Void> drained = harness.edge.drain(Duration.ofSeconds(1));

            assertThat(EdgeHarness.readAll(socket, Duration.ofSeconds(15)))
                    .contains("begun")
                    .doesNotContain("\r\n0\r\n")
                    .endsWith("EOF");
            EdgeHarness.await(drained);
            closed.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aStopLetsTheDataPlaneSayWhyBeforeItCuts() throws Exception {
        try (Socket socket = hang("x")) {
            ClientResponse response = open.get(30, TimeUnit.SECONDS);
            Thread[] loop = {null};
            harness.onAbort =
                    () -> {
                        loop[0] = Thread.currentThread();
                        response.end(Buffer.buffer("the gateway stops\n"));
                    };
            Future<Void> drained = harness.edge.drain(Duration.ofSeconds(1));

            assertThat(EdgeHarness.readAll(socket, Duration.ofSeconds(15)))
                    .contains("begun")
                    .contains("the gateway stops")
                    .endsWith("\r\n0\r\n\r\nEOF");
            EdgeHarness.await(drained);
            assertThat(loop[0].getName()).contains("eventloop");
        }
    }

    @Test
    void readinessEndsBeforeConnectionsDo() throws Exception {
        harness.edge.unready();

        assertThat(harness.get("/health/ready"))
                .startsWith("HTTP/1.1 503")
                .contains("\"accepting\":\"failing\"");
        assertThat(harness.get("/health/live")).startsWith("HTTP/1.1 200");
    }

    @Test
    void speaksHttp2InClearTextByPriorKnowledgeAndByUpgrade() {
        assertThat(overHttp2(false)).isEqualTo("HTTP_2 200 read 5");
        assertThat(overHttp2(true)).isEqualTo("HTTP_2 200 read 5");
    }

    /** CVE-2023-44487: requests that are opened and reset at once cost no limit of streams. */
    @Test
    void closesAConnectionThatResetsRapidlyAndServesTheOthers() throws Exception {
        HttpClientOptions options =
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false);
        CompletableFuture<Void> cut = new CompletableFuture<>();
        HttpClient hostile =
                harness.vertx
                        .httpClientBuilder()
                        .with(options)
                        .withConnectHandler(
                                connection -> connection.closeHandler(_ -> cut.complete(null)))
                        .build();
        try {
            int sent = 0;
            while (!cut.isDone() && sent < 2_000) {
                sent++;
                EdgeHarness.await(
                        hostile.request(
                                        HttpMethod.POST,
                                        harness.port(),
                                        "127.0.0.1",
                                        "/v1/completions?rapid")
                                .compose(request ->
                                        request.exceptionHandler(_ -> {})
                                                .writeHead()
                                                .compose(_ -> request.reset()))
                                .otherwiseEmpty());
            }
            cut.get(10, TimeUnit.SECONDS);
            assertThat(sent).isLessThan(2_000);
            assertThat(rapid.get()).isLessThan(250);
            assertThat(overHttp2(false)).isEqualTo("HTTP_2 200 read 5");
            assertThat(harness.get("/health/live")).startsWith("HTTP/1.1 200");
        } finally {
            EdgeHarness.await(hostile.close());
        }
    }

    @Test
    void aConnectionThatWasUpgradedIsCountedOnce() throws Exception {
        overHttp2(true);
        overHttp2(false);
        for (int i = 0; i < 200 && !onlyMyOwnConnection(); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(onlyMyOwnConnection()).isTrue();
    }

    private boolean onlyMyOwnConnection() throws Exception {
        return harness.get("/metrics").contains("fairlead_client_connections 1.0");
    }

    private String overHttp2(boolean upgrade) {
        HttpClient client =
                harness.vertx.createHttpClient(
                        new HttpClientOptions()
                                .setProtocolVersion(HttpVersion.HTTP_2)
                                .setHttp2ClearTextUpgrade(upgrade));
        try {
            return EdgeHarness.await(
                    client.request(HttpMethod.POST, harness.port(), "127.0.0.1", "/v1/embeddings")
                            .compose(request -> request.send(Buffer.buffer("hello")))
                            .compose(answer ->
                                    answer.body()
                                            .map(body ->
                                                    answer.version()
                                                            + " "
                                                            + answer.statusCode()
                                                            + " "
                                                            + body)));
        } finally {
            EdgeHarness.await(client.close());
        }
    }

    private Socket hang(String body) throws Exception {
        Socket socket = new Socket("127.0.0.1", harness.port());
        socket.getOutputStream()
                .write(
                        ("POST /v1/completions?hang HTTP/1.1\r\nhost: localhost\r\ncontent-length: "
                                        + body.length()
                                        + "\r\n\r\n"
                                        + body)
                                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private boolean connects() {
        try (Socket socket = new Socket("127.0.0.1", harness.port())) {
            return socket.isConnected();
        } catch (java.io.IOException _) {
            return false;
        }
    }
}
