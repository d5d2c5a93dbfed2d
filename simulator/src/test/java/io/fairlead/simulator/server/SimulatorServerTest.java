package io.fairlead.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.SimStep;
import io.fairlead.simulator.server.ReceivedRequest.Outcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

class SimulatorServerTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final SimStep.Wait SETTLE = new SimStep.Wait(Duration.ofMillis(50));

    private final List<SimulatorServer> servers = new ArrayList<>();

    private SimulatorServer serve(SimProvider provider) {
        SimulatorServer server = SimulatorServer.start(provider);
        servers.add(server);
        return server;
    }

    @AfterEach
    void close() {
        servers.forEach(SimulatorServer::close);
    }

    private static SimStep.Send send(String text) {
        return new SimStep.Send(text.getBytes(StandardCharsets.UTF_8));
    }

    private static SimProvider stream(SimStep... steps) {
        return _ -> SimAnswer.eventStream(SimBody.of(List.of(steps)));
    }

    @Test
    void answersAndKeepsWhatItReceived() throws Exception {
        SimulatorServer server = serve(_ -> SimAnswer.json(201, "{\"a\":1}"));
        try (HttpClient client = HttpClient.newHttpClient()) {
            var response =
                    client.send(
                            HttpRequest.newBuilder(URI.create(server.baseUrl() + "/v1/x?y=z"))
                                    .header("X-One", "1")
                                    .POST(HttpRequest.BodyPublishers.ofString("hello"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(201);
            assertThat(response.body()).isEqualTo("{\"a\":1}");
        }
        var received = server.traffic().newest();
        assertThat(received.request().method()).isEqualTo("POST");
        assertThat(received.request().path()).isEqualTo("/v1/x");
        assertThat(received.request().query()).isEqualTo("y=z");
        assertThat(received.request().header("x-one")).contains("1");
        assertThat(received.request().bodyText()).isEqualTo("hello");
        assertThat(server.traffic().awaitIdle(SOON)).isTrue();
        assertThat(received.outcome()).isEqualTo(Outcome.PLAYED);
    }

    @Test
    void writesEachEventByItself() throws IOException {
        SimulatorServer server = serve(stream(send("data: 1\n\n"), send("data: 2\n\n")));
        try (RawClient client = new RawClient(server.port())) {
            String heard = client.post("/", "{}").hearUntil("0\r\n\r\n");
            assertThat(heard)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n");
        }
    }

    @Test
    void sendsTheHeadBeforeAPause() throws IOException {
        SimulatorServer server = serve(stream(new SimStep.Stall()));
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.post("/", "{}").hearUntil("\r\n\r\n")).contains("text/event-stream");
        }
        assertThat(server.traffic().awaitIdle(SOON)).isTrue();
        assertThat(server.traffic().newest().outcome()).isEqualTo(Outcome.ABORTED);
    }

    @Test
    void cutsWithFinAndResetsWithRst() throws IOException {
        for (SimStep ending : List.of(new SimStep.Cut(), new SimStep.Reset())) {
            SimulatorServer server = serve(stream(send("data: 1\n\n"), SETTLE, ending));
            try (RawClient client = new RawClient(server.port())) {
                var heard = client.post("/", "{}").hearToTheEnd();
                assertThat(heard.text()).endsWith("9\r\ndata: 1\n\n\r\n");
                assertThat(heard.ending()).isEqualTo(ending instanceof SimStep.Cut ? "FIN" : "RST");
            }
            assertThat(server.traffic().awaitIdle(SOON)).isTrue();
            assertThat(server.traffic().awaitNoConnection(SOON)).isTrue();
        }
    }

    @Test
    void keepsAnAnnouncedLengthWhenItCutsTheBody() throws IOException {
        SimulatorServer server =
                serve(_ ->
                        SimAnswer.json(200, "{\"a\":1}")
                                .withBody(body ->
                                        SimBody.of(
                                                List.of(send("{\"a"), new SimStep.Cut()),
                                                body.length())));
        try (RawClient client = new RawClient(server.port())) {
            var heard = client.post("/", "{}").hearToTheEnd();
            assertThat(heard.text()).contains("content-length: 7\r\n").endsWith("{\"a");
        }
    }

    @Test
    void hangsUpAndResetsBeforeAnyByte() throws IOException {
        for (SimAnswer answer :
                List.of(new SimAnswer.Hangup(Duration.ZERO), new SimAnswer.Reset(Duration.ZERO))) {
            SimulatorServer server = serve(_ -> answer);
            try (RawClient client = new RawClient(server.port())) {
                var heard = client.post("/", "{}").hearToTheEnd();
                assertThat(heard.text()).isEmpty();
                assertThat(heard.ending())
                        .isEqualTo(answer instanceof SimAnswer.Hangup ? "FIN" : "RST");
            }
        }
    }

    @Test
    void countsOpenAndAbortedRequests() throws IOException {
        SimulatorServer server = serve(stream(send("data: 1\n\n"), new SimStep.Stall()));
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(new RawClient(server.port()).post("/", "{}"));
        }
        Traffic traffic = server.traffic();
        assertThat(traffic.await(() -> traffic.openRequests() == 20, SOON)).isTrue();
        assertThat(traffic.openConnections()).isEqualTo(20);
        for (RawClient client : clients) {
            client.close();
        }
        assertThat(traffic.awaitIdle(SOON)).isTrue();
        assertThat(traffic.awaitNoConnection(SOON)).isTrue();
        assertThat(traffic.aborted()).isEqualTo(20);
        assertThat(traffic.requests()).isEqualTo(20);
        assertThat(traffic.connections()).isEqualTo(20);
    }

    @Test
    void makesAHugeBodyOnlyAsFastAsItIsRead() throws Exception {
        AtomicLong made = new AtomicLong();
        SimStep.Send megabyte = new SimStep.Send(new byte[1 << 20]);
        SimBody endless =
                () ->
                        new Iterator<>() {
                            @Override
                            public boolean hasNext() {
                                return true;
                            }

                            @Override
                            public SimStep next() {
                                made.incrementAndGet();
                                return megabyte;
                            }
                        };
        SimulatorServer server = serve(_ -> SimAnswer.eventStream(endless));
        try (RawClient client = new RawClient(server.port())) {
            client.post("/", "{}").hearUntil("\r\n\r\n");
            Traffic traffic = server.traffic();
            assertThat(traffic.await(() -> made.get() > 30, Duration.ofMillis(500)))
                    .as("megabytes made for a client that does not read")
                    .isFalse();
            assertThat(client.skip(100L << 20)).isEqualTo(100L << 20);
            assertThat(made.get()).isBetween(100L, 140L);
        }
        assertThat(server.traffic().awaitIdle(SOON)).isTrue();
    }

    @Test
    void servesOnePortFromSeveralEventLoops() throws Exception {
        SimulatorServer server =
                SimulatorServer.start(
                        SimulatorOptions.loopback().withEventLoops(2),
                        _ -> SimAnswer.json(200, Thread.currentThread().getName()));
        servers.add(server);
        List<String> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            try (RawClient client = new RawClient(server.port())) {
                String heard = client.post("/", "", "connection: close").hearToTheEnd().text();
                threads.add(heard.substring(heard.indexOf("\r\n\r\n") + 4));
            }
        }
        assertThat(threads).containsOnly(threads.get(0), threads.get(1));
        assertThat(threads.get(0)).isNotEqualTo(threads.get(1));
    }

    @Test
    void tellsOfAProviderThatFails() throws IOException {
        SimulatorServer server =
                serve(_ -> {
                    throw new IllegalStateException("a \"quoted\" defect");
                });
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.post("/", "", "connection: close").hearToTheEnd().text())
                    .startsWith("HTTP/1.1 500 ")
                    .contains("a 'quoted' defect");
        }
    }

    @Test
    void aRefusedPortRefuses() {
        try (RefusedPort refused = RefusedPort.take()) {
            assertThatThrownBy(() ->
                            new Socket(InetAddress.getLoopbackAddress(), refused.port()).close())
                    .isInstanceOf(ConnectException.class);
        }
    }
}
