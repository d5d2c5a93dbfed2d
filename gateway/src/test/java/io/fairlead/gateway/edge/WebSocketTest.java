package io.fairlead.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Requests that become WebSockets. */
final class WebSocketTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private EdgeHarness harness;

    @BeforeEach
    void listen() {
        harness = new EdgeHarness(EdgeHarness.config(), EdgeHarness::echo);
    }

    @AfterEach
    void leave() {
        harness.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + harness.port() + path);
    }

    @Test
    void aDrainHangsUpAndEnds() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        WebSocket socket =
                HTTP.newWebSocketBuilder()
                        .subprotocols("realtime", "openai-insecure-api-key.x")
                        .buildAsync(
                                uri("ws", "/v1/realtime?model=m"),
                                new WebSocket.Listener() {
                                    @Override
                                    public @Nullable CompletionStage<?> onText(
                                            WebSocket from, CharSequence data, boolean last) {
                                        heard.complete(data.toString());
                                        from.request(1);
                                        return null;
                                    }

                                    @Override
                                    public @Nullable CompletionStage<?> onClose(
                                            WebSocket from, int code, String reason) {
                                        closed.complete(code);
                                        return null;
                                    }
                                })
                        .get(20, TimeUnit.SECONDS);
        assertThat(socket.getSubprotocol()).isEqualTo("realtime");
        socket.sendText("hello", true).get(20, TimeUnit.SECONDS);
        assertThat(heard.get(20, TimeUnit.SECONDS)).isEqualTo("hello");

        Future<Void> drained = harness.edge.drain(Duration.ofSeconds(20));
        assertThat(closed.get(20, TimeUnit.SECONDS)).isEqualTo(1001);
        EdgeHarness.await(drained);
    }

    @Test
    void aRequestWithoutUpgradeIsToldWhatToDo() throws Exception {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(uri("http", "/v1/realtime?model=m")).GET());
        assertThat(answer.statusCode()).isEqualTo(426);
        assertThat(answer.body()).contains("Upgrade: websocket");
    }

    @Test
    void keysThatLeadPastTheGatewayAreNotGiven() throws Exception {
        HttpResponse<String> answer =
                send(
                        HttpRequest.newBuilder(uri("http", "/v1/realtime/client_secrets"))
                                .header("content-type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("past this gateway");
    }
}
