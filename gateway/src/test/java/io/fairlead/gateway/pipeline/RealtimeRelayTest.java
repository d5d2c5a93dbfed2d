package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.protocol.service.realtime.RealtimeEvents.Done;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketFrame;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How long a realtime conversation may be silent or idle, told what time it is. */
final class RealtimeRelayTest {
    private static final long SILENCE = Duration.ofSeconds(60).toNanos();
    private static final long IDLE = Duration.ofMinutes(10).toNanos();

    private final Side client = new Side();
    private final Side provider = new Side();
    private final Owner owner = new Owner();

    /** The pongs that come are heard now, by the clock of the machine. */
    private final long now = System.nanoTime();

    private RealtimeRelay begun(Duration ago) {
        RealtimeRelay relay =
                new RealtimeRelay(
                        client.socket(),
                        provider.socket(),
                        1_000,
                        owner,
                        new BodyBudget(1_000_000),
                        now - ago.toNanos());
        relay.begin();
        return relay;
    }

    @Test
    void bothSidesAreAskedForASignOfLife() {
        begun(Duration.ofSeconds(20)).pulse(now, SILENCE, IDLE);

        assertThat(client.done).containsExactly("ping");
        assertThat(provider.done).containsExactly("ping");
        assertThat(owner.ended).isEmpty();
    }

    @Test
    void aClientThatShowsNoSignOfLifeIsTakenForGone() {
        begun(Duration.ofSeconds(61)).pulse(now, SILENCE, IDLE);

        assertThat(client.done).containsExactly("close 1001");
        assertThat(provider.done).containsExactly("close 1001");
        assertThat(owner.ended).containsExactly("CANCELLED");
    }

    @Test
    void aProviderThatShowsNoSignOfLifeIsAnError() {
        RealtimeRelay relay = begun(Duration.ofSeconds(61));
        client.hear("pongHandler", null);
        relay.pulse(now, SILENCE, IDLE);

        assertThat(client.done).containsExactly("text upstream_timeout", "close 1011");
        assertThat(provider.done).containsExactly("close 1001");
        assertThat(owner.ended).containsExactly("FAILED upstream_timeout");
    }

    @Test
    void aConversationInWhichNobodySaysAnythingEnds() {
        RealtimeRelay relay = begun(Duration.ofMinutes(10).plusSeconds(1));
        client.hear("pongHandler", null);
        provider.hear("pongHandler", null);
        relay.pulse(now, SILENCE, IDLE);

        assertThat(client.done).containsExactly("text request_timeout", "close 1001");
        assertThat(provider.done).containsExactly("close 1001");
        assertThat(owner.ended).containsExactly("FAILED request_timeout");

        relay.pulse(now + IDLE, SILENCE, IDLE);
        assertThat(owner.ended).hasSize(1);
    }

    @Test
    void whoSaysSomethingKeepsItGoing() {
        RealtimeRelay relay = begun(Duration.ofMinutes(10).plusSeconds(1));
        client.hear("frameHandler", WebSocketFrame.textFrame("{}", true));
        provider.hear("pongHandler", null);
        relay.pulse(now, SILENCE, IDLE);

        assertThat(client.done).containsExactly("ping");
        assertThat(provider.done).containsExactly("text", "ping");
    }

    /** One side: remembers who listens, and what is done to it. */
    private static final class Side {
        private final List<String> done = new ArrayList<>();
        private final Map<String, Handler<@Nullable Object>> handlers = new HashMap<>();

        WebSocketBase socket() {
            return (WebSocketBase)
                    Proxy.newProxyInstance(
                            WebSocketBase.class.getClassLoader(),
                            new Class<?>[] {WebSocketBase.class},
                            (self, method, arguments) -> {
                                String name = method.getName();
                                return switch (name) {
                                    case "writeFrame" -> said((WebSocketFrame) arguments[0]);
                                    case "writePing" -> did("ping");
                                    case "close" -> did("close " + arguments[0]);
                                    case "isClosed", "writeQueueFull" -> false;
                                    default -> {
                                        if (name.endsWith("Handler")) {
                                            handlers.put(name, handler(arguments[0]));
                                        }
                                        yield self;
                                    }
                                };
                            });
        }

        @SuppressWarnings("unchecked") // each is given what it takes
        private static Handler<@Nullable Object> handler(Object handler) {
            return (Handler<@Nullable Object>) handler;
        }

        private Future<Void> did(String what) {
            done.add(what);
            return Future.succeededFuture();
        }

        private Future<Void> said(WebSocketFrame frame) {
            String text = frame.textData();
            for (ErrorCode code : ErrorCode.values()) {
                if (text.contains("\"" + code.wireName() + "\"")) {
                    return did("text " + code.wireName());
                }
            }
            return did("text");
        }

        void hear(String handler, @Nullable Object what) {
            Objects.requireNonNull(handlers.get(handler)).handle(what);
        }
    }

    private static final class Owner implements RealtimeRelay.Host {
        private final List<String> ended = new ArrayList<>();

        @Override
        public void asks() {}

        @Override
        public String named(String model) {
            return model;
        }

        @Override
        public byte[] hide(byte[] event) {
            return event;
        }

        @Override
        public void model(String model) {}

        @Override
        public void transcriber(String model) {}

        @Override
        public void responseBegan() {}

        @Override
        public void responseDone(Done done) {}

        @Override
        public void transcribed(Done done) {}

        @Override
        public void ended(Outcome outcome, @Nullable GatewayError error) {
            ended.add(outcome + (error == null ? "" : " " + error.code().wireName()));
        }

        @Override
        public String requestId() {
            return "r1";
        }
    }
}
