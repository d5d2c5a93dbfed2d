package io.fairlead.gateway.edge;

import io.fairlead.gateway.config.ServerConfig;
import io.fairlead.gateway.pipeline.DataPlane;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.ServerSSLOptions;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.DoubleConsumer;

/**
 * The listener of one event loop: takes connections and requests, watches them once a second, and
 * hands requests to the {@link Dispatcher}. Everything but {@link #drain} and {@link #renew} runs
 * on its event loop.
 */
final class EdgeLoop implements Deployable {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeLoop.class);
    private static final long SWEEP_MILLIS = 1_000;
    private static final long LAG_MILLIS = 250;

    /** What clients have to take the error that ends their answer. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private static final CharSequence REQUEST_ID =
            HttpHeaders.createOptimized("x-fairlead-request-id");

    private final EdgeState state;
    private final Gate gate;
    private final EdgeParts parts;
    private final HttpServer server;
    private final Executor adminThreads;
    private final Semaphore adminPlaces;
    private final RequestIds ids;
    private final IdentityHashMap<HttpConnection, OpenConnection> connections =
            new IdentityHashMap<>();
    private final Set<Exchange> ongoing = new HashSet<>();
    private @Nullable Context context;
    private @Nullable DataPlane dataPlane;
    private @Nullable Dispatcher dispatcher;

    EdgeLoop(
            Vertx vertx,
            HttpServerOptions options,
            EdgeState state,
            Gate gate,
            EdgeParts parts,
            Executor adminThreads,
            Semaphore adminPlaces) {
        this.server = vertx.createHttpServer(options);
        this.state = state;
        this.gate = gate;
        this.parts = parts;
        this.adminThreads = adminThreads;
        this.adminPlaces = adminPlaces;
        this.ids = new RequestIds(parts.clock());
    }

    @Override
    public Future<?> deploy(Context eventLoop) {
        context = eventLoop;
        ServerConfig config = state.config();
        DataPlane plane = parts.dataPlanes().open(eventLoop);
        dataPlane = plane;
        dispatcher =
                new Dispatcher(
                        state,
                        parts,
                        plane,
                        new AdminGate(parts, eventLoop, adminThreads, adminPlaces),
                        this::upgraded);
        eventLoop.owner().setPeriodic(SWEEP_MILLIS, _ -> sweep());
        watchLag(eventLoop, parts.telemetry().loopLag(state.nextLoop()));
        return server.connectionHandler(this::connected)
                .requestHandler(this::requested)
                .invalidRequestHandler(this::malformed)
                .exceptionHandler(cause -> LOG.debug("client connection: {}", cause.toString()))
                // one port for all event loops: 0 would take one for each
                .listen(config.port() == 0 ? -1 : config.port(), config.host());
    }

    /** A timer that comes late shows for how long the loop was busy with something else. */
    private static void watchLag(Context eventLoop, DoubleConsumer lag) {
        long[] before = {System.nanoTime()};
        eventLoop
                .owner()
                .setPeriodic(
                        LAG_MILLIS,
                        _ -> {
                            long now = System.nanoTime();
                            lag.accept(Math.max(0, (now - before[0]) / 1e9 - LAG_MILLIS / 1e3));
                            before[0] = now;
                        });
    }

    @Override
    public Future<?> undeploy(Context eventLoop) {
        if (dataPlane != null) {
            dataPlane.close();
        }
        return Future.succeededFuture();
    }

    int port() {
        return server.actualPort();
    }

    /**
     * Takes no more connections and lets requests end within {@code longest}; then answers what is
     * left with an error and, when that can't be written out in a moment, cuts it.
     */
    Future<Void> drain(Duration longest) {
        Context loop = context;
        if (loop == null) {
            return server.shutdown(longest.plus(LAST_WORDS));
        }
        Promise<Void> hungUp = Promise.promise();
        loop.runOnContext(_ -> {
            if (dataPlane != null) {
                dataPlane.hangUp(); // before the server closes WebSockets without a word
            }
            loop.owner().setTimer(Math.max(1, longest.toMillis()), _ -> abort());
            hungUp.complete();
        });
        return hungUp.future().compose(_ -> server.shutdown(longest.plus(LAST_WORDS)));
    }

    private void abort() {
        if (dataPlane != null) {
            dataPlane.abort();
        }
    }

    /** Serves new connections with another certificate. */
    Future<Boolean> renew(ServerSSLOptions tls) {
        return server.updateSSLOptions(tls);
    }

    private void connected(HttpConnection connection) {
        long accepted =
                connection instanceof HttpServerConnection server
                        ? gate.heard(server.channelHandlerContext().channel())
                        : System.nanoTime();
        connections.put(connection, new OpenConnection(connection, accepted));
        connection.exceptionHandler(_ -> {});
        connection.closeHandler(_ -> connections.remove(connection));
    }

    private void requested(HttpServerRequest request) {
        long now = System.nanoTime();
        OpenConnection connection = connections.get(request.connection());
        if (connection == null || dispatcher == null) {
            request.connection().close();
            return;
        }
        RequestPath target = RequestPath.of(request.uri());
        Exchange exchange = exchange(request, target, connection, now);
        String problem = target == null ? "The request target is malformed." : hostProblem(request);
        if (problem == null) {
            dispatcher.dispatch(exchange.in(), exchange.out());
        } else {
            exchange.out().closeAfter();
            refuse(exchange, problem);
        }
        exchange.in().holdUnread();
    }

    private Exchange exchange(
            HttpServerRequest request,
            @Nullable RequestPath target,
            OpenConnection connection,
            long now) {
        ServerConfig config = state.config();
        Incoming in =
                new Incoming(
                        request,
                        ids.next(),
                        target == null ? RequestPath.ROOT : target,
                        parts.clock().instant(),
                        now,
                        config.maxBody().bytes());
        Exchange exchange = new Exchange(in, connection, ongoing);
        exchange.out().headers().set(REQUEST_ID, in.id());
        if (state.draining() && request.version() != HttpVersion.HTTP_2) {
            exchange.out().closeAfter();
        }
        return exchange;
    }

    /** The connection is a WebSocket's from now on: the data plane watches it. */
    private void upgraded(Incoming in) {
        connections.remove(in.http().connection());
        ongoing.removeIf(exchange -> exchange.in() == in);
    }

    /** RFC 9112, 3.2: exactly one host in HTTP/1.1. */
    private static @Nullable String hostProblem(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_1_1
                && (request.authority() == null || request.headers().getAll("host").size() != 1)) {
            return "A request needs exactly one valid Host header.";
        }
        return null;
    }

    /** What Netty could not read as HTTP: the rest of the connection is worth nothing. */
    private void malformed(HttpServerRequest request) {
        OpenConnection connection = connections.get(request.connection());
        if (connection == null) {
            request.connection().close();
            return;
        }
        Exchange exchange = exchange(request, null, connection, System.nanoTime());
        exchange.out().closeAfter();
        refuse(exchange, "This is not a valid HTTP request.");
    }

    private void refuse(Exchange exchange, String problem) {
        parts.telemetry().answered("malformed", 400);
        Replies.error(
                exchange.in(),
                exchange.out(),
                Routes.shapeOf(exchange.in().http().uri()),
                GatewayError.of(ErrorCode.INVALID_REQUEST, problem));
    }

    private void sweep() {
        long now = System.nanoTime();
        ServerConfig.Limits limits = state.config().limits();
        for (Exchange exchange : List.copyOf(ongoing)) {
            exchange.sweep(now, limits.body());
        }
        for (OpenConnection connection : new ArrayList<>(connections.values())) {
            connection.sweep(now, limits);
        }
    }
}
