package io.fairlead.gateway.edge;

import io.fairlead.gateway.access.Access;
import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.config.ServerConfig;
import io.fairlead.gateway.pipeline.ClientRequest;
import io.fairlead.gateway.pipeline.ClientResponse;
import io.fairlead.gateway.pipeline.DataPlane;
import io.fairlead.gateway.telemetry.Telemetry;
import io.fairlead.gateway.telemetry.TelemetrySettings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketBase;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** A real edge on a free port, with a data plane made of one lambda. Confined to one test. */
final class EdgeHarness implements AutoCloseable {
    final Vertx vertx;
    final Telemetry telemetry = new Telemetry(TelemetrySettings.DEFAULT);
    final AtomicInteger aborts = new AtomicInteger();
    volatile Runnable onAbort = () -> {};
    final AtomicBoolean ledger = new AtomicBoolean(true);
    final EdgeServer edge;

    private final List<WebSocketBase> sockets = new CopyOnWriteArrayList<>();

    EdgeHarness(GatewayConfig config, BiConsumer<ClientRequest, ClientResponse> data) {
        vertx =
                Gate.vertx(
                        new VertxOptions().setEventLoopPoolSize(2).setPreferNativeTransport(true));
        edge = await(EdgeServer.start(vertx, 2, config.server(), parts(config, data)));
    }

    static GatewayConfig config() {
        return GatewayConfig.DEFAULT.withServer(ServerConfig.DEFAULT.at("127.0.0.1", 0));
    }

    static GatewayConfig config(ServerConfig server) {
        return GatewayConfig.DEFAULT.withServer(server);
    }

    /** Reads the whole body, then answers with its length. */
    static void echo(ClientRequest request, ClientResponse response) {
        long[] bytes = {0};
        request.read(
                new ClientRequest.BodySink() {
                    @Override
                    public void data(io.vertx.core.buffer.Buffer piece) {
                        bytes[0] += piece.length();
                    }

                    @Override
                    public void end() {
                        response.end(io.vertx.core.buffer.Buffer.buffer("read " + bytes[0]));
                    }

                    @Override
                    public void failed(Throwable cause) {
                        if (cause instanceof io.fairlead.kernel.GatewayException refused) {
                            response.status(refused.error().status());
                            response.end(
                                    io.vertx.core.buffer.Buffer.buffer(
                                            refused.error().code().wireName()));
                        }
                    }
                });
    }

    EdgeParts parts(GatewayConfig config, BiConsumer<ClientRequest, ClientResponse> data) {
        return new EdgeParts(
                _ -> plane(data),
                models(),
                call ->
                        new ControlPlane.Answer(
                                200,
                                "application/json",
                                Buffer.buffer(
                                        "{\"path\":\""
                                                + call.path()
                                                + "\",\"on\":\""
                                                + thread()
                                                + "\"}")),
                new Access(config, InstantSource.system()),
                telemetry,
                Map.of("ledger", ledger::get),
                InstantSource.system(),
                "test");
    }

    private static String thread() {
        return Thread.currentThread().isVirtual() ? "virtual" : "platform";
    }

    private DataPlane plane(BiConsumer<ClientRequest, ClientResponse> data) {
        return new DataPlane() {
            @Override
            public void talk(ClientRequest request, ClientResponse response, Upgrade upgrade) {
                upgrade.upgrade()
                        .onSuccess(socket -> {
                            sockets.add(socket);
                            socket.textMessageHandler(socket::writeTextMessage);
                            socket.resume();
                        });
            }

            @Override
            public void hangUp() {
                sockets.forEach(socket -> socket.close((short) 1001));
            }

            @Override
            public void handle(ClientRequest request, ClientResponse response) {
                data.accept(request, response);
            }

            @Override
            public int inFlight() {
                return 0;
            }

            @Override
            public void abort() {
                aborts.incrementAndGet();
                onAbort.run();
            }

            @Override
            public void close() {}
        };
    }

    private static ModelList models() {
        ModelList.Model echo = new ModelList.Model("sim/echo", "sim", Instant.ofEpochSecond(7));
        return new ModelList() {
            @Override
            public List<Model> visibleTo(Principal principal) {
                return List.of(echo);
            }

            @Override
            public Optional<Model> find(Principal principal, String id) {
                return id.equals(echo.id()) ? Optional.of(echo) : Optional.empty();
            }
        };
    }

    int port() {
        return edge.port();
    }

    /** Sends bytes and reads what comes until the server closes or is silent for a while. */
    String raw(String request) throws IOException {
        return raw(request.getBytes(StandardCharsets.ISO_8859_1), Duration.ofSeconds(20));
    }

    String raw(byte[] request, Duration silence) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            return readAll(socket, silence);
        }
    }

    /** What the server says until it closes ({@code EOF} at the end) or is silent. */
    static String readAll(Socket socket, Duration silence) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        socket.setSoTimeout((int) silence.toMillis());
        byte[] buffer = new byte[8_192];
        try {
            int count;
            while ((count = socket.getInputStream().read(buffer)) > 0) {
                out.write(buffer, 0, count);
            }
            return out.toString(StandardCharsets.ISO_8859_1) + "EOF";
        } catch (SocketTimeoutException _) {
            return out.toString(StandardCharsets.ISO_8859_1);
        }
    }

    String get(String path, String... headers) throws IOException {
        return raw(
                "GET "
                        + path
                        + " HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
                        + lines(headers)
                        + "\r\n");
    }

    String post(String path, String body, String... headers) throws IOException {
        return raw(
                "POST "
                        + path
                        + " HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: "
                        + body.length()
                        + "\r\n"
                        + lines(headers)
                        + "\r\n"
                        + body);
    }

    private static String lines(String... headers) {
        StringBuilder lines = new StringBuilder();
        for (String header : headers) {
            lines.append(header).append("\r\n");
        }
        return lines.toString();
    }

    static <T> T await(io.vertx.core.Future<T> future) {
        CompletableFuture<T> done = future.toCompletionStage().toCompletableFuture();
        try {
            return done.get(20, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
