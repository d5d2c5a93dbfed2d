package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Money;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.http.WebSocketInternal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Realtime conversations, over sockets. */
final class RealtimeTest {
    private static final String DONE =
            """
            {"type":"response.done","response":{"status":"completed","usage":{"total_tokens":30,\
            "input_tokens":20,"output_tokens":10,"input_token_details":{"text_tokens":5,\
            "audio_tokens":15,"cached_tokens":4},"output_token_details":{"audio_tokens":9}}}}\
            """;

    /** Not that of the gateway at hand, whose end waits for all that is open. */
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private RealtimeProvider provider;

    @BeforeEach
    void listen() throws Exception {
        provider = new RealtimeProvider();
    }

    @AfterEach
    void leave() throws Exception {
        provider.close();
    }

    private Harness gateway() {
        return gateway(new Harness.Options());
    }

    private Harness gateway(Harness.Options options) {
        options.baseUrl = java.util.Optional.of(provider.base());
        return new Harness(options);
    }

    private static RealtimeClient talk(Harness gateway) throws Exception {
        return talk(gateway, "/v1/realtime?model=one/echo", it -> it);
    }

    private static RealtimeClient talk(
            Harness gateway, String path, UnaryOperator<WebSocket.Builder> options)
            throws Exception {
        URI uri = URI.create("ws://127.0.0.1:" + gateway.port() + path);
        return RealtimeClient.of(HTTP, uri, options);
    }

    private static HttpResponse<?> refused(
            Harness gateway, String path, UnaryOperator<WebSocket.Builder> options) {
        ExecutionException thrown =
                catchThrowableOfType(ExecutionException.class, () -> talk(gateway, path, options));
        assertThat(thrown.getCause()).isInstanceOf(WebSocketHandshakeException.class);
        return ((WebSocketHandshakeException) Objects.requireNonNull(thrown.getCause()))
                .getResponse();
    }

    private static RequestRecord record(Harness gateway, String id) {
        Harness.await(() -> gateway.records.stream().anyMatch(it -> it.id().equals(id)));
        return gateway.records.stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void bothSidesHearEachOther() throws Exception {
        provider.greets = socket -> socket.writeTextMessage("{\"type\":\"session.created\"}");
        provider.answers = (socket, text) -> socket.writeTextMessage("{\"heard\":" + text + "}");
        try (Harness gateway = gateway()) {
            RealtimeClient client = talk(gateway, "/v1/realtime?model=one/echo&x=1", it -> it);
            client.say("{\"type\":\"input_audio_buffer.clear\"}");
            Harness.await(() -> client.events.size() == 2);
            assertThat(client.events)
                    .containsExactly(
                            "{\"type\":\"session.created\"}",
                            "{\"heard\":{\"type\":\"input_audio_buffer.clear\"}}");
            assertThat(provider.targets).containsExactly("/v1/realtime?model=echo&x=1");
            assertThat(provider.headers.getFirst().get("authorization"))
                    .isEqualTo("Bearer sk-operator-one");
            client.socket().sendClose(4000, "enough").get(9, TimeUnit.SECONDS);
            Harness.await(() -> provider.closed.contains(4000));
            RequestRecord entry = record(gateway, "r1");
            assertThat(entry.endpoint()).isEqualTo(Endpoint.REALTIME);
            assertThat(entry.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(entry.status()).isEqualTo(101);
            assertThat(entry.deployment()).contains("one/echo");
            assertThat(entry.spend()).contains(Money.ZERO);
            Harness.await(() -> gateway.inFlight() == 0);
        }
    }

    @Test
    void eachResponseIsRecordedWithWhatItCost() throws Exception {
        provider.answers =
                (socket, text) -> {
                    socket.writeTextMessage(
                            "{\"type\":\"session.updated\",\"session\":{\"model\":\"echo-1\"}}");
                    socket.writeTextMessage("{\"type\":\"response.created\"}");
                    socket.writeTextMessage(DONE);
                };
        try (Harness gateway = gateway()) {
            RealtimeClient client = talk(gateway);
            client.say("{\"type\":\"response.create\"}");
            client.say("{\"type\":\"response.create\"}");
            Harness.await(() -> client.events.size() == 6);
            assertThat(client.events.get(2)).isEqualTo(DONE);
            RequestRecord first = record(gateway, "r1.1");
            assertThat(first.usage()).isEqualTo(new Usage(20, 4, 0, 15, 0, 10, 0, 9, 0));
            assertThat(first.spend()).contains(first.price().orElseThrow().of(first.usage()));
            assertThat(first.modelResponse()).contains("echo-1");
            assertThat(first.finishReason()).contains("completed");
            assertThat(record(gateway, "r1.2").outcome()).isEqualTo(Outcome.COMPLETED);
            client.socket().sendClose(1000, "").get(9, TimeUnit.SECONDS);
            assertThat(record(gateway, "r1").usage()).isEqualTo(Usage.NONE);
        }
    }

    @Test
    void modelsAreNamedAsTheProviderNamesThem() throws Exception {
        try (Harness gateway = gateway()) {
            RealtimeClient client = talk(gateway);
            String update =
                    """
                    {"type":"session.update","session":{"model":"one/echo","instructions":"one/echo",\
                    "audio":{"input":{"transcription":{"model":"one/whisper"}}},\
                    "tools":[{"parameters":{"properties":{"model":{"default":"one/echo"}}}}]}}\
                    """;
            client.say(update);
            client.say("{\"type\":\"other\",\"session\":{\"model\":\"one/echo\"}}");
            Harness.await(() -> provider.heard.size() == 2);
            assertThat(provider.heard.getFirst())
                    .isEqualTo(
                            update.replace("\"model\":\"one/echo\"", "\"model\":\"echo\"")
                                    .replace("one/whisper", "whisper"));
            assertThat(provider.heard.getLast()).contains("one/echo");
            client.socket().abort();
        }
    }

    @Test
    void fragmentsAndBytesArrive() throws Exception {
        provider.greets =
                socket -> {
                    socket.writeFrame(WebSocketFrame.textFrame("{\"type\":", false));
                    socket.writeFrame(
                            WebSocketFrame.continuationFrame(Buffer.buffer("\"ü\"}"), true));
                    socket.writeFrame(
                            WebSocketFrame.binaryFrame(Buffer.buffer(new byte[70_000]), false));
                    socket.writeFrame(
                            WebSocketFrame.continuationFrame(Buffer.buffer(new byte[5]), true));
                };
        try (Harness gateway = gateway()) {
            RealtimeClient client = talk(gateway);
            WebSocket socket = client.socket();
            socket.sendText("{\"type\":\"session.update\",\"ses", false).get(9, TimeUnit.SECONDS);
            socket.sendText("sion\":{\"model\":\"one/echo\"}}", true).get(9, TimeUnit.SECONDS);
            socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2}), false).get(9, TimeUnit.SECONDS);
            socket.sendBinary(ByteBuffer.wrap(new byte[] {3}), true).get(9, TimeUnit.SECONDS);
            socket.sendPing(ByteBuffer.wrap(new byte[] {7})).get(9, TimeUnit.SECONDS);
            Harness.await(() -> provider.binary.size() == 1 && client.binary.size() == 1);
            assertThat(provider.heard)
                    .containsExactly(
                            "{\"type\":\"session.update\",\"session\":{\"model\":\"echo\"}}");
            assertThat(provider.binary.getFirst()).containsExactly(1, 2, 3);
            assertThat(client.events).containsExactly("{\"type\":\"ü\"}");
            assertThat(client.binary).containsExactly(70_005);
            socket.abort();
        }
    }

    @Test
    void browsersSendTheirKeyAsASubprotocol() throws Exception {
        Harness.Options options = new Harness.Options();
        options.keys = List.of(Harness.key("some-key-some-key-some-key", "one/echo"));
        try (Harness gateway = gateway(options)) {
            RealtimeClient client =
                    talk(
                            gateway,
                            "/v1/realtime?model=one/echo",
                            it ->
                                    it.subprotocols(
                                            "realtime",
                                            "openai-insecure-api-key.some-key-some-key-some-key",
                                            "openai-beta.realtime-v1"));
            assertThat(client.socket().getSubprotocol()).isEqualTo("realtime");
            assertThat(provider.headers.getFirst().get("openai-beta")).isEqualTo("realtime=v1");
            assertThat(provider.headers.getFirst().get("sec-websocket-protocol")).isNull();
            client.socket().abort();
            assertThat(refused(gateway, "/v1/realtime?model=one/echo", it -> it).statusCode())
                    .isEqualTo(401);
            assertThat(
                            refused(
                                            gateway,
                                            "/v1/realtime?model=two/echo",
                                            it ->
                                                    it.header(
                                                            "authorization",
                                                            "Bearer some-key-some-key-some-key"))
                                    .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void whatFailsBeforeTheUpgradeIsAnHttpError() throws Exception {
        try (Harness gateway = gateway()) {
            assertThat(refused(gateway, "/v1/realtime", it -> it).statusCode()).isEqualTo(400);
            assertThat(refused(gateway, "/v1/realtime?model=nobody", it -> it).statusCode())
                    .isEqualTo(404);
            provider.status = 429;
            provider.refusal = "{\"error\":{\"message\":\"slow down\"}}";
            assertThat(refused(gateway, "/v1/realtime?model=one/echo", it -> it).statusCode())
                    .isEqualTo(429);
            RequestRecord entry = gateway.records.getLast();
            assertThat(entry.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(entry.attempts()).hasSize(1);
            provider.status = 401;
            provider.refusal = "{\"error\":{\"message\":\"bad key sk-operator-one\"}}";
            assertThat(refused(gateway, "/v1/realtime?model=one/echo", it -> it).statusCode())
                    .isEqualTo(502);
            assertThat(gateway.records.getLast().errorMessage().orElseThrow())
                    .doesNotContain("sk-operator-one");
            Harness.await(() -> gateway.inFlight() == 0);
        }
    }

    @Test
    void anotherProviderIsTriedWhenOneDoesNotOpen() throws Exception {
        Harness.Options options = new Harness.Options();
        options.targets = List.of("two/echo", "one/echo");
        try (Harness gateway = gateway(options)) {
            RealtimeClient client = talk(gateway, "/v1/realtime?model=both", it -> it);
            client.say("{\"type\":\"x\"}");
            Harness.await(() -> provider.heard.size() == 1);
            client.socket().sendClose(1000, "").get(9, TimeUnit.SECONDS);
            RequestRecord entry = record(gateway, "r1");
            assertThat(entry.deployment()).contains("one/echo");
            assertThat(entry.attempts()).hasSize(2);
        }
    }

    @Test
    void aClientThatIsGoneIsGoneForTheProviderToo() throws Exception {
        provider.greets = socket -> socket.writeTextMessage("{\"type\":\"response.created\"}");
        try (Harness gateway = gateway()) {
            RealtimeClient client = talk(gateway);
            Harness.await(() -> client.events.size() == 1);
            client.socket().abort();
            Harness.await(() -> !provider.closed.isEmpty());
            RequestRecord entry = record(gateway, "r1");
            assertThat(entry.outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(entry.spend()).as("a response was cut").isEmpty();
        }
    }

    @Test
    void aProvidersCloseReachesTheClient() throws Exception {
        provider.answers = (socket, _) -> socket.close((short) 1001, "bye");
        try (Harness gateway = gateway()) {
            RealtimeClient client = talk(gateway);
            client.say("{}");
            assertThat(client.closed.get(9, TimeUnit.SECONDS)).isEqualTo(1001);
            assertThat(record(gateway, "r1").outcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    @Test
    void aProviderThatIsCutIsAnErrorEvent() throws Exception {
        try (Harness gateway = gateway()) {
            RealtimeClient client = talk(gateway);
            Harness.await(() -> provider.sockets.size() == 1);
            ((WebSocketInternal) provider.sockets.getFirst())
                    .channelHandlerContext()
                    .close()
                    .syncUninterruptibly();
            assertThat(client.closed.get(9, TimeUnit.SECONDS)).isEqualTo(1011);
            assertThat(client.events.getLast()).contains("upstream_error");
            assertThat(record(gateway, "r1").outcome()).isEqualTo(Outcome.FAILED);
            Harness.await(() -> gateway.inFlight() == 0);
        }
    }

    @Test
    void aStopSaysSoAndGoesAway() throws Exception {
        try (Harness gateway = gateway()) {
            RealtimeClient client = talk(gateway);
            gateway.abort();
            assertThat(client.closed.get(9, TimeUnit.SECONDS)).isEqualTo(1001);
            Json event = Json.parse(client.events.getLast());
            assertThat(event.get("type")).contains(Json.of("error"));
            assertThat(event.get("error").flatMap(it -> it.get("code")))
                    .contains(Json.of("overloaded"));
            Harness.await(() -> provider.closed.contains(1001));
            assertThat(record(gateway, "r1").outcome()).isEqualTo(Outcome.FAILED);
        }
    }

    @Test
    void aResponseThatCantBeRecordedEndsIt() throws Exception {
        provider.answers = (socket, _) -> socket.writeTextMessage(DONE);
        try (Harness gateway = gateway()) {
            RealtimeClient client = talk(gateway);
            gateway.ledgerFull = true;
            client.say("{}");
            assertThat(client.closed.get(9, TimeUnit.SECONDS)).isEqualTo(1011);
            assertThat(client.events.getLast()).contains("ledger_unavailable");
        }
    }

    @Test
    void aSlowClientSlowsTheProviderDown() throws Exception {
        byte[] piece = new byte[1 << 18];
        int[] sent = {0};
        provider.greets =
                socket -> {
                    socket.setWriteQueueMaxSize(1 << 20);
                    Runnable[] more = new Runnable[1];
                    more[0] =
                            () -> {
                                while (!socket.writeQueueFull() && sent[0] < 800) {
                                    sent[0]++;
                                    socket.writeFrame(
                                            WebSocketFrame.binaryFrame(Buffer.buffer(piece), true));
                                }
                                socket.drainHandler(_ -> more[0].run());
                            };
                    more[0].run();
                };
        try (Harness gateway = gateway()) {
            HoldingClient client = new HoldingClient();
            WebSocket socket =
                    HTTP.newWebSocketBuilder()
                            .buildAsync(
                                    URI.create(
                                            "ws://127.0.0.1:"
                                                    + gateway.port()
                                                    + "/v1/realtime?model=one/echo"),
                                    client)
                            .get(9, TimeUnit.SECONDS);
            awaitStill(sent);
            assertThat(sent[0]).isLessThan(400);
            socket.request(Long.MAX_VALUE);
            Harness.await(() -> client.bytes.get() == 200L << 20);
            socket.abort();
        }
    }

    /** Waits until the provider has been able to send nothing more for a while. */
    private static void awaitStill(int[] sent) {
        int[] before = {-1, 0};
        Harness.await(() -> {
            before[1] = sent[0] == before[0] ? before[1] + 1 : 0;
            before[0] = sent[0];
            return sent[0] > 0 && before[1] == 100;
        });
    }

    @Test
    void whatWritesDownWhatIsHeardIsRecordedWithItsPrice() throws Exception {
        provider.answers =
                (socket, text) -> {
                    socket.writeTextMessage(
                            "{\"type\":\"session.updated\",\"session\":{\"model\":\"rt\",\"audio\":{"
                                + "\"input\":{\"transcription\":{\"model\":\"echo\"}}}}}");
                    for (String usage :
                            List.of(
                                    ",\"usage\":{\"type\":\"tokens\",\"total_tokens\":22,"
                                            + "\"input_tokens\":13,\"input_token_details\":"
                                            + "{\"text_tokens\":0,\"audio_tokens\":13},"
                                            + "\"output_tokens\":9}",
                                    ",\"usage\":{\"type\":\"duration\",\"seconds\":4}",
                                    "")) {
                        socket.writeTextMessage(
                                "{\"type\":\"conversation.item.input_audio_transcription.completed\""
                                    + ",\"transcript\":\"Hi.\""
                                        + usage
                                        + "}");
                    }
                };
        try (Harness gateway = gateway()) {
            RealtimeClient client = talk(gateway);
            client.say("{}");
            Harness.await(() -> client.events.size() == 4);
            RequestRecord counted = record(gateway, "r1.1");
            assertThat(counted.usage()).isEqualTo(new Usage(13, 0, 0, 13, 0, 9, 0, 0, 0));
            assertThat(counted.deployment()).contains("one/echo");
            assertThat(counted.spend()).contains(counted.price().orElseThrow().of(counted.usage()));
            RequestRecord timed = record(gateway, "r1.2");
            assertThat(timed.spend()).as("seconds have no price").isEmpty();
            client.socket().sendClose(1000, "").get(9, TimeUnit.SECONDS);
            assertThat(record(gateway, "r1").spend()).contains(Money.ZERO);
            assertThat(gateway.records).hasSize(3);
        }
    }

    @Test
    void messagesCountAsBodiesDo() throws Exception {
        try (Harness gateway = gateway()) {
            RealtimeClient client = talk(gateway);
            WebSocket socket = client.socket();
            socket.sendText("{\"type\":\"x\",\"text\":\"", false).get(9, TimeUnit.SECONDS);
            Harness.await(() -> gateway.budget.held() > 0);
            socket.sendText("\"}", true).get(9, TimeUnit.SECONDS);
            Harness.await(() -> provider.heard.size() == 1 && gateway.budget.held() == 0);

            gateway.budget.apply(100);
            socket.sendText("x".repeat(200), false).get(9, TimeUnit.SECONDS);
            assertThat(client.closed.get(9, TimeUnit.SECONDS)).isEqualTo(1013);
            assertThat(client.events.getLast()).contains("overloaded");
            Harness.await(() -> gateway.inFlight() == 0 && gateway.budget.held() == 0);
        }
    }

    private static final class HoldingClient implements WebSocket.Listener {
        private final AtomicLong bytes = new AtomicLong();

        @Override
        public void onOpen(WebSocket socket) {}

        @Override
        public java.util.concurrent.@org.jspecify.annotations.Nullable CompletionStage<?> onBinary(
                WebSocket socket, ByteBuffer data, boolean last) {
            bytes.addAndGet(data.remaining());
            return null;
        }
    }
}
