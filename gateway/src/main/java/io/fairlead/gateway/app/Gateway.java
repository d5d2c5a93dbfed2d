package io.fairlead.gateway.app;

import io.fairlead.gateway.access.Access;
import io.fairlead.gateway.admin.AdminApi;
import io.fairlead.gateway.cloud.Clouds;
import io.fairlead.gateway.config.ConfigWatch;
import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.edge.EdgeParts;
import io.fairlead.gateway.edge.EdgeServer;
import io.fairlead.gateway.edge.ListenException;
import io.fairlead.gateway.ledger.DurableLedger;
import io.fairlead.gateway.media.MediaFetcher;
import io.fairlead.gateway.pipeline.BodyBudget;
import io.fairlead.gateway.pipeline.DataPlanes;
import io.fairlead.gateway.pipeline.Steps;
import io.fairlead.gateway.responses.ResponseArchive;
import io.fairlead.gateway.routing.Health;
import io.fairlead.gateway.routing.Router;
import io.fairlead.gateway.telemetry.Logging;
import io.fairlead.gateway.telemetry.Telemetry;
import io.fairlead.gateway.upstream.Authorities;
import io.fairlead.gateway.upstream.HttpUpstream;
import io.fairlead.gateway.upstream.PoolLimits;
import io.fairlead.gateway.upstream.Pools;
import io.fairlead.gateway.upstream.SimUpstream;
import io.fairlead.gateway.upstream.Upstream;
import io.fairlead.gateway.upstream.Upstreams;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import javax.net.ssl.SSLContext;

/**
 * A running gateway: every room made and connected by plain constructor calls, in the order in
 * which they need each other. {@link #stop} may be called by any thread, once.
 */
public final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /** For all event loops, which the JDK's default generator would not be. */
    private static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();

    private final Vertx vertx;
    private final EdgeServer edge;
    private final DurableLedger ledger;
    private final ResponseArchive archive;
    private final ConfigWatch watch;
    private final Parts parts;
    private final CountDownLatch ready;

    private Gateway(
            Vertx vertx,
            EdgeServer edge,
            DurableLedger ledger,
            ConfigWatch watch,
            Parts parts,
            CountDownLatch ready) {
        this.vertx = vertx;
        this.edge = edge;
        this.ledger = ledger;
        this.archive = parts.archive();
        this.watch = watch;
        this.parts = parts;
        this.ready = ready;
    }

    /**
     * Starts and returns when requests are accepted.
     *
     * @param loops the event loops, begun by {@link EventLoops#begin}
     */
    public static Gateway start(Launch launch, CompletableFuture<Vertx> loops)
            throws StartException {
        GatewayConfig config = launch.config();
        InstantSource clock = InstantSource.system();
        Access access = new Access(config, clock);
        Telemetry telemetry = new Telemetry(Settings.telemetry(config));
        BodyBudget bodies = new BodyBudget(Settings.bodyBudget(config));
        Current current = new Current(launch, RANDOM);
        Simulated simulated = new Simulated(config, clock);
        Optional<Authorities> trusted = trusted(config);
        Optional<SSLContext> tls = trusted.map(Authorities::context);
        Clouds clouds = new Clouds(config, launch.environment(), clock, tls);
        CountDownLatch ready = new CountDownLatch(1);
        DurableLedger ledger = Storage.ledger(launch, clock, ready);
        ResponseArchive archive = Storage.archive(launch, clock);
        try {
            Vertx vertx = loops.get();
            // now nobody else can be in the middle of setting up the log
            Logging logging = Logging.ofProcess();
            LogOf.apply(config, logging);
            Pools pools = new Pools();
            Steps steps =
                    new Steps(
                            access,
                            ledger,
                            telemetry,
                            bodies,
                            MediaFetcher.ofSystem(tls),
                            archive,
                            clock,
                            RANDOM);
            DataPlanes dataPlanes =
                    new DataPlanes(
                            steps,
                            current.routes(),
                            upstreams(config, simulated, pools, clouds, trusted));
            Parts parts =
                    new Parts(
                            launch,
                            access,
                            telemetry,
                            bodies,
                            dataPlanes,
                            current,
                            simulated,
                            clouds,
                            archive,
                            logging);
            EdgeServer edge = listen(vertx, parts, ledger, clock);
            logging.showIn(telemetry.gauges());
            Readings.hang(telemetry.gauges(), ledger, archive, bodies, pools, current);
            ConfigWatch watch =
                    ConfigWatch.start(launch.source(), launch.reading(), new Reload(parts, edge));
            return new Gateway(vertx, edge, ledger, watch, parts, ready);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException(false, "interrupted");
        } catch (ExecutionException e) {
            ready.countDown();
            close(ledger);
            throw explained(e.getCause() == null ? e : e.getCause());
        }
    }

    private static EdgeServer listen(
            Vertx vertx, Parts parts, DurableLedger ledger, InstantSource clock)
            throws InterruptedException, ExecutionException {
        EdgeParts edgeParts =
                new EdgeParts(
                        parts.dataPlanes(),
                        new ListedModels(() -> parts.current().routes().router()),
                        new ControlRoutes(() -> new AdminApi(ledger, clock)),
                        parts.access(),
                        parts.telemetry(),
                        Map.of("ledger", ledger::accepting),
                        clock,
                        parts.launch().version());
        return EdgeServer.start(
                        vertx, EventLoops.count(), parts.launch().config().server(), edgeParts)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    private static Function<Context, Upstream> upstreams(
            GatewayConfig config,
            Simulated simulated,
            Pools pools,
            Clouds clouds,
            Optional<Authorities> authorities) {
        Optional<TrustOptions> trusted = authorities.map(Authorities::options);
        PoolLimits limits = Settings.pools(config);
        return loop ->
                new Upstreams(
                        new HttpUpstream(loop.owner(), limits, trusted, pools, clouds),
                        new SimUpstream(loop.owner(), simulated::provider));
    }

    private static Optional<Authorities> trusted(GatewayConfig config) throws StartException {
        if (config.upstream().ca().isEmpty()) {
            return Optional.empty();
        }
        Path file = config.upstream().ca().get();
        try {
            return Optional.of(Authorities.with(file));
        } catch (IOException e) {
            throw new StartException(
                    true,
                    "upstream.ca: "
                            + file
                            + ": "
                            + e.getMessage()
                            + " (expected: certificates in PEM form)");
        }
    }

    private static StartException explained(Throwable cause) {
        return cause instanceof ListenException listen
                ? new StartException(listen.configuration(), String.valueOf(cause.getMessage()))
                : new StartException(false, "the start failed: " + cause);
    }

    private static void close(DurableLedger ledger) {
        try {
            ledger.close();
        } catch (IOException e) {
            LOG.warn("the ledger could not be closed: {}", e.getMessage());
        }
    }

    /**
     * Goes on with what the ready line does not wait for: reads those parts of the catalogue that
     * the first request would read, and opens the store.
     */
    public void warmUp() {
        Thread.ofVirtual().name("warm-up").start(this::warm);
    }

    /** One after the other, and the store last: the first request needs it least. */
    private void warm() {
        try {
            router().warm();
        } finally {
            ready.countDown();
        }
    }

    /** Where it serves. */
    public URI url() {
        GatewayConfig config = parts.current().config();
        String host = config.server().host();
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return URI.create((edge.tls() ? "https://" : "http://") + shown + ":" + edge.port());
    }

    /** What it serves now. */
    public Router router() {
        return parts.current().routes().router();
    }

    /** What is known against deployments and keys. */
    public Health health() {
        return parts.current().routes().health();
    }

    /**
     * Takes no more connections, lets requests in work end within {@code server.drain}, then
     * flushes the ledger and closes everything.
     */
    public void stop() {
        watch.close();
        ready.countDown();
        var drain = parts.current().config().server().drain();
        try {
            edge.drain(drain)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(drain.toMillis() + 5_000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("draining did not end in order: {}", e.toString());
        }
        archive.close();
        close(ledger);
        var _ = vertx.close();
        parts.logging().close();
    }
}
