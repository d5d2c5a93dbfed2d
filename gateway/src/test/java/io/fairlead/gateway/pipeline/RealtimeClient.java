package io.fairlead.gateway.pipeline;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A client of realtime conversations, of the JDK. */
final class RealtimeClient implements WebSocket.Listener {
    final List<String> events = new CopyOnWriteArrayList<>();
    final List<Integer> binary = new CopyOnWriteArrayList<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private int bytes;
    @Nullable WebSocket socket;

    static RealtimeClient of(HttpClient http, URI uri, UnaryOperator<WebSocket.Builder> options)
            throws Exception {
        RealtimeClient client = new RealtimeClient();
        client.socket =
                options.apply(http.newWebSocketBuilder())
                        .buildAsync(uri, client)
                        .get(20, TimeUnit.SECONDS);
        return client;
    }

    void say(String event) throws Exception {
        socket().sendText(event, true).get(20, TimeUnit.SECONDS);
    }

    WebSocket socket() {
        return java.util.Objects.requireNonNull(socket);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            events.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        bytes += data.remaining();
        if (last) {
            binary.add(bytes);
            bytes = 0;
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(-1);
    }
}
