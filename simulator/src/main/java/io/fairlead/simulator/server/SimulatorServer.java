package io.fairlead.simulator.server;

import io.fairlead.simulator.Header;
import io.fairlead.simulator.Playback;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.SimRequest;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A simulated provider behind a real HTTP port. The whole request is read before the provider is
 * asked; the answer is played at the client's pace, each step written and flushed by itself.
 * Thread-safe; {@link #close} frees the port and the threads.
 */
public final class SimulatorServer implements AutoCloseable {
    private static final int WRITE_QUEUE_BYTES = 64 * 1024;
    private static final int MAX_HEADER_BYTES = 256 * 1024;

    private final Vertx vertx;
    private final SimulatorOptions options;
    private final SimProvider provider;
    private final Traffic traffic;
    private final AtomicInteger port = new AtomicInteger();

    private SimulatorServer(SimulatorOptions options, SimProvider provider) {
        this.options = options;
        this.provider = provider;
        this.traffic = new Traffic(options.keptRequests());
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(options.eventLoops()));
    }

    /** Starts on a free loopback port. */
    public static SimulatorServer start(SimProvider provider) {
        return start(SimulatorOptions.loopback(), provider);
    }

    /** Starts and returns when requests are accepted. */
    public static SimulatorServer start(SimulatorOptions options, SimProvider provider) {
        SimulatorServer server = new SimulatorServer(options, provider);
        DeploymentOptions deployment = new DeploymentOptions().setInstances(options.eventLoops());
        try {
            server.vertx
                    .deployVerticle(() -> (Deployable) server::listen, deployment)
                    .await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            server.close();
            throw new IllegalStateException("simulator: cannot listen (" + e.getMessage() + ")", e);
        }
        return server;
    }

    public int port() {
        return port.get();
    }

    /** Such as {@code http://127.0.0.1:41234}, without a path. */
    public String baseUrl() {
        return (options.tls().isPresent() ? "https://" : "http://") + options.host() + ":" + port();
    }

    public Traffic traffic() {
        return traffic;
    }

    @Override
    public void close() {
        var _ = vertx.close().await();
    }

    private Future<?> listen(Context context) {
        EventLoop loop = ((ContextInternal) context).nettyEventLoop();
        Playback.Timer timer = (delay, task) -> schedule(loop, delay, task);
        SocketAddress address =
                options.port() == 0
                        ? SocketAddress.sharedRandomPort(1, options.host())
                        : SocketAddress.inetSocketAddress(options.port(), options.host());
        HttpServerOptions http =
                new HttpServerOptions()
                        .setTcpNoDelay(true)
                        .setAcceptBacklog(8_192)
                        .setMaxHeaderSize(MAX_HEADER_BYTES)
                        .setMaxInitialLineLength(MAX_HEADER_BYTES)
                        .setHandle100ContinueAutomatically(true);
        options.tls()
                .ifPresent(tls ->
                        http.setSsl(true)
                                .setUseAlpn(true)
                                .setKeyCertOptions(
                                        new PemKeyCertOptions()
                                                .setCertPath(tls.certificate().toString())
                                                .setKeyPath(tls.key().toString())));
        return vertx.createHttpServer(http)
                .connectionHandler(connection -> {
                    traffic.connected();
                    connection.closeHandler(_ -> traffic.disconnected());
                })
                .requestHandler(request -> receive(request, timer))
                .listen(address)
                .onSuccess(server -> port.set(server.actualPort()));
    }

    private static Runnable schedule(EventLoop loop, Duration delay, Runnable task) {
        var scheduled = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    private void receive(HttpServerRequest request, Playback.Timer timer) {
        request.body().onSuccess(body -> answer(request, body, timer));
    }

    private void answer(HttpServerRequest request, Buffer body, Playback.Timer timer) {
        SimRequest received = read(request, body);
        new LiveExchange(traffic, request, received).play(ask(received), timer);
    }

    private SimAnswer ask(SimRequest received) {
        try {
            return provider.answer(received);
        } catch (RuntimeException e) {
            String text = e.toString().replace('\\', '/').replace('"', '\'').replace('\n', ' ');
            return SimAnswer.json(
                    500,
                    "{\"error\":{\"message\":\"the simulated provider failed: "
                            + text
                            + "\",\"type\":\"simulator_defect\",\"param\":null,\"code\":null}}");
        }
    }

    private static SimRequest read(HttpServerRequest request, Buffer body) {
        List<Header> headers = new ArrayList<>(request.headers().size());
        for (Map.Entry<String, String> header : request.headers()) {
            headers.add(new Header(header.getKey(), header.getValue()));
        }
        String query = request.query();
        return new SimRequest(
                request.method().name(),
                Objects.requireNonNullElse(request.path(), "/"),
                query == null ? "" : query,
                headers,
                body.getBytes());
    }

    static int writeQueueBytes() {
        return WRITE_QUEUE_BYTES;
    }
}
