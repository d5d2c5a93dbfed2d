package io.fairlead.gateway.edge;

import io.fairlead.gateway.config.ServerConfig;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * The HTTP server of the gateway: one listener for each event loop, all on one port. Thread-safe.
 */
public final class EdgeServer {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeServer.class);
    private static final int MOST_ADMIN_CALLS = 32;
    private static final long SWEEP_MILLIS = 1_000;
    private static final long TLS_LOOK_MILLIS = 5_000;

    private final Vertx vertx;
    private final HttpServerOptions options;
    private final EdgeState state;
    private final Gate gate;
    private final EdgeParts parts;
    private final ServerConfig config;
    private final List<EdgeLoop> loops = new CopyOnWriteArrayList<>();
    private final ExecutorService adminThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore adminPlaces = new Semaphore(MOST_ADMIN_CALLS);
    private volatile @Nullable TlsFiles tls;
    private String refusedTls = "";

    private EdgeServer(Vertx vertx, ServerConfig config, EdgeParts parts) {
        this.vertx = vertx;
        this.config = config;
        this.options = Listener.options(config);
        this.tls = config.tls().map(paths -> TlsFiles.read(vertx, paths)).orElse(null);
        this.parts = parts;
        this.state = new EdgeState(config);
        this.gate = Gate.of(vertx);
        gate.open(state);
    }

    /**
     * Listens where {@code config} says, on {@code eventLoops} loops of {@code vertx}, which was
     * made by {@link Gate#vertx}.
     *
     * @return the server when it takes connections; or a {@link ListenException}
     */
    public static Future<EdgeServer> start(
            Vertx vertx, int eventLoops, ServerConfig config, EdgeParts parts) {
        if (!config.loopback() && config.adminKey().isEmpty()) {
            return Future.failedFuture(
                    ListenException.configuration(
                            "server.host: "
                                    + config.host()
                                    + " (expected: 127.0.0.1, or an admin key: set"
                                    + " server.admin_key before others can reach this gateway)"));
        }
        EdgeServer edge;
        try {
            edge = new EdgeServer(vertx, config, parts);
        } catch (ListenException e) {
            return Future.failedFuture(e);
        }
        return edge.listen(eventLoops)
                .onSuccess(_ -> edge.watchSilence())
                .onSuccess(_ -> edge.watchTls())
                .map(edge)
                .recover(cause -> Future.failedFuture(edge.explained(cause)));
    }

    private Future<String> listen(int eventLoops) {
        if (tls != null) {
            options.setKeyCertOptions(tls.options());
        }
        parts.telemetry()
                .gauges()
                .gauge(
                        "fairlead_client_connections",
                        "Open connections of clients.",
                        state::connections);
        return vertx.deployVerticle(
                () -> {
                    EdgeLoop loop =
                            new EdgeLoop(
                                    vertx, options, state, gate, parts, adminThreads, adminPlaces);
                    loops.add(loop);
                    return loop;
                },
                new DeploymentOptions().setInstances(eventLoops));
    }

    private void watchSilence() {
        vertx.setPeriodic(
                SWEEP_MILLIS, _ -> gate.sweep(System.nanoTime(), state.config().limits().header()));
    }

    private void watchTls() {
        if (tls != null) {
            vertx.setPeriodic(TLS_LOOK_MILLIS, _ -> adminThreads.execute(this::renewTls));
        }
    }

    /** Serves new connections with what the TLS files hold now; bad files change nothing. */
    synchronized void renewTls() {
        TlsFiles now = tls;
        if (now == null || state.draining()) {
            return;
        }
        try {
            Optional<TlsFiles> renewed = now.renewed(vertx);
            if (renewed.isPresent()) {
                ServerSSLOptions renewedOptions = options.getSslOptions().copy();
                renewedOptions.setKeyCertOptions(renewed.get().options());
                for (EdgeLoop loop : loops) {
                    loop.renew(renewedOptions).await();
                }
                tls = renewed.get();
                refusedTls = "";
                LOG.info("tls: serving the new certificate");
            }
        } catch (RuntimeException e) {
            String refused = String.valueOf(e.getMessage());
            if (!refused.equals(refusedTls)) {
                refusedTls = refused;
                LOG.error("tls: {}; the certificate from before stays", refused);
            }
        }
    }

    private Throwable explained(Throwable cause) {
        adminThreads.shutdown();
        String address = config.host() + ":" + config.port();
        if (cannotBind(cause)) {
            return ListenException.refused(
                    address
                            + ": address already in use, or not of this machine (expected: a free"
                            + " port of this machine, for example --port 0)",
                    cause);
        }
        return ListenException.refused(address + ": " + cause.getMessage(), cause);
    }

    /** The native transport has an exception type of its own for it. */
    private static boolean cannotBind(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof BindException || String.valueOf(at.getMessage()).contains("bind(")) {
                return true;
            }
        }
        return false;
    }

    /** The port it listens on. */
    public int port() {
        return loops.getFirst().port();
    }

    /** Whether clients speak TLS. */
    public boolean tls() {
        return config.tls().isPresent();
    }

    /** Takes other limits, CORS origins and keys from now on; address and TLS files stay. */
    public void apply(ServerConfig newConfig) {
        state.apply(newConfig);
    }

    /** From now on {@code /health/ready} says no; connections are still taken. */
    public void unready() {
        state.drain();
    }

    /**
     * Takes no more connections, lets requests in work end within {@code longest}, then cuts them.
     *
     * @return done when every connection is closed
     */
    public Future<Void> drain(Duration longest) {
        state.drain();
        List<Future<Void>> closed = loops.stream().map(loop -> loop.drain(longest)).toList();
        return Future.join(closed).<Void>mapEmpty().onComplete(_ -> adminThreads.shutdown());
    }
}
