package io.fairlead.gateway.pipeline;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A provider of realtime conversations: does with each what a test says. */
final class RealtimeProvider implements AutoCloseable {
    final List<String> targets = new CopyOnWriteArrayList<>();
    final List<MultiMap> headers = new CopyOnWriteArrayList<>();
    final List<String> heard = new CopyOnWriteArrayList<>();
    final List<byte[]> binary = new CopyOnWriteArrayList<>();
    final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
    final List<Integer> closed = new CopyOnWriteArrayList<>();

    /** What a new conversation begins with. */
    volatile Consumer<ServerWebSocket> greets = _ -> {};

    /** What is answered to a message. */
    volatile BiConsumer<ServerWebSocket, String> answers = (_, _) -> {};

    /** The status that refuses an upgrade; 101: none does. */
    volatile int status = 101;

    volatile String refusal = "";

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    RealtimeProvider() throws Exception {
        server =
                vertx.createHttpServer(
                                new HttpServerOptions()
                                        .setHost("127.0.0.1")
                                        .setPort(0)
                                        .setMaxWebSocketFrameSize(16 << 20)
                                        .setMaxWebSocketMessageSize(16 << 20))
                        .requestHandler(this::asked)
                        .listen()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/v1");
    }

    private void asked(HttpServerRequest request) {
        targets.add(request.uri());
        headers.add(request.headers());
        if (status != 101) {
            request.response()
                    .setStatusCode(status)
                    .putHeader("content-type", "application/json")
                    .end(refusal);
            return;
        }
        request.toWebSocket().onSuccess(this::talks);
    }

    private void talks(ServerWebSocket socket) {
        sockets.add(socket);
        socket.textMessageHandler(text -> {
            heard.add(text);
            answers.accept(socket, text);
        });
        socket.binaryMessageHandler((Buffer bytes) -> binary.add(bytes.getBytes()));
        socket.exceptionHandler(_ -> {});
        socket.closeHandler(_ -> {
            Short code = socket.closeStatusCode();
            closed.add(code == null ? 0 : (int) code);
        });
        greets.accept(socket);
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
