package io.fairlead.gateway.app;

import io.fairlead.gateway.access.Access;
import io.fairlead.gateway.admin.AdminApi;
import io.fairlead.gateway.cloud.AwsRegion;
import io.fairlead.gateway.cloud.Clouds;
import io.fairlead.gateway.config.ConfigProblem;
import io.fairlead.gateway.config.ConfigWatch;
import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.config.LogConfig;
import io.fairlead.gateway.config.StorageConfig;
import io.fairlead.gateway.edge.EdgeParts;
import io.fairlead.gateway.edge.EdgeServer;
import io.fairlead.gateway.edge.ListenException;
import io.fairlead.gateway.ledger.DurableLedger;
import io.fairlead.gateway.ledger.JournalSettings;
import io.fairlead.gateway.ledger.RequestStore;
import io.fairlead.gateway.ledger.Retention;
import io.fairlead.gateway.ledger.StoreUnavailableException;
import io.fairlead.gateway.media.MediaFetcher;
import io.fairlead.gateway.media.MediaRules;
import io.fairlead.gateway.pipeline.BodyBudget;
import io.fairlead.gateway.pipeline.DataPlanes;
import io.fairlead.gateway.pipeline.ExchangeLimits;
import io.fairlead.gateway.pipeline.Routes;
import io.fairlead.gateway.pipeline.Steps;
import io.fairlead.gateway.responses.ArchiveLimits;
import io.fairlead.gateway.responses.ResponseArchive;
import io.fairlead.gateway.routing.Health;
import io.fairlead.gateway.routing.Router;
import io.fairlead.gateway.store.Stores;
import io.fairlead.gateway.telemetry.Logging;
import io.fairlead.gateway.telemetry.Telemetry;
import io.fairlead.gateway.telemetry.TelemetrySettings;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
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

    /** How much of each body is stored, where that is switched on; the journal takes no more. */
    private static final int STORED_BODY_BYTES = 256 * 1024;

    private final Vertx vertx;
    private final EdgeServer edge;
    private final DurableLedger ledger;
    private final ResponseArchive archive;
    private final ConfigWatch watch;
    private final Parts parts;
    private final CountDownLatch ready;

    /** What a new configuration is applied to. */
    private record Parts(
            Launch launch,
            Access access,
            Telemetry telemetry,
            BodyBudget bodies,
            DataPlanes dataPlanes,
            Current current,
            Simulated simulated,
            Clouds clouds,
            ResponseArchive archive,
            Logging logging) {}

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
        Telemetry telemetry = new Telemetry(settings(config.log()));
        BodyBudget bodies = new BodyBudget(bodyBudget(config));
        Current current = new Current(launch, config);
        Simulated simulated = new Simulated(config, clock);
        Optional<Authorities> trusted = trusted(config);
        Optional<SSLContext> tls = trusted.map(Authorities::context);
        Clouds clouds = new Clouds(config, launch.environment(), clock, tls);
        CountDownLatch ready = new CountDownLatch(1);
        DurableLedger ledger = openLedger(launch, clock, ready);
        ResponseArchive archive = archive(launch, clock);
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
                    ConfigWatch.start(launch.source(), launch.reading(), reload(parts, edge));
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

    /** Beside the ledger's store, in a file of its own; nothing is opened before it is needed. */
    private static ResponseArchive archive(Launch launch, InstantSource clock) {
        StorageConfig storage = launch.config().storage();
        String ledger =
                storage.url() instanceof StorageConfig.Url.Sqlite sqlite ? sqlite.file() : "";
        Path file = launch.data().resolve(ledger).resolveSibling("responses.db");
        return new ResponseArchive(Stores.responses(file), limits(storage), clock);
    }

    private static ArchiveLimits limits(StorageConfig storage) {
        return new ArchiveLimits(storage.responses().age(), storage.responses().size().bytes());
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
        PoolLimits limits =
                new PoolLimits(
                        config.upstream().maxConnections(),
                        config.upstream().maxWaiting(),
                        config.upstream().keepAlive(),
                        PoolLimits.DEFAULT.lifetime());
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

    private static DurableLedger openLedger(
            Launch launch, InstantSource clock, CountDownLatch ready) throws StartException {
        StorageConfig storage = launch.config().storage();
        Path data = launch.data();
        // not a switch over the types: the JVM makes a class for each of those at each start
        if (!(storage.url() instanceof StorageConfig.Url.Sqlite sqlite)) {
            throw new StartException(
                    true,
                    "storage.url: PostgreSQL (expected: sqlite:FILE; PostgreSQL is not in this"
                            + " version)");
        }
        Path file = data.resolve(sqlite.file());
        Retention retention =
                new Retention(
                        storage.retention().age(),
                        storage.retention().size().map(size -> size.bytes()));
        try {
            Files.createDirectories(data);
            return DurableLedger.open(
                    JournalSettings.in(data.resolve("journal")),
                    after(ready, Stores.sqlite(file)),
                    retention,
                    clock);
        } catch (IOException e) {
            throw new StartException(
                    false,
                    data
                            + ": the data directory can't be used: "
                            + e.getMessage()
                            + " (expected: a folder that can be written, see --data)");
        }
    }

    /**
     * Opening a store takes longer than all the rest of a start, and nothing waits for it but
     * questions.
     */
    private static RequestStore.Opener after(CountDownLatch ready, RequestStore.Opener opener) {
        return () -> {
            try {
                ready.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreUnavailableException("store: interrupted", e);
            }
            return opener.open();
        };
    }

    private static ConfigWatch.Listener reload(Parts parts, EdgeServer edge) {
        return new ConfigWatch.Listener() {
            @Override
            public void applied(GatewayConfig config, List<ConfigProblem> warnings) {
                parts.simulated().apply(config);
                parts.clouds().apply(config);
                parts.current().apply(config);
                parts.dataPlanes().apply(parts.current().routes());
                parts.access().apply(config);
                parts.bodies().apply(bodyBudget(config));
                parts.archive().apply(limits(config.storage()));
                parts.telemetry().apply(settings(config.log()));
                edge.apply(config.server());
                LogOf.apply(config, parts.logging());
                warnings.forEach(warning -> LOG.warn("configuration: {}", warning));
                LOG.info("configuration applied");
            }

            @Override
            public void refused(List<ConfigProblem> problems) {
                LOG.error(
                        "the changed configuration has {} problem(s) and is not applied; the last"
                                + " good one stays",
                        problems.size());
                problems.forEach(problem -> LOG.error("configuration: {}", problem));
            }
        };
    }

    private static TelemetrySettings settings(LogConfig log) {
        return new TelemetrySettings(TelemetrySettings.RequestLog.ALL, log.slow(), false);
    }

    /**
     * Bodies may take what the operator says, but not more than two fifths of the heap there is.
     */
    private static long bodyBudget(GatewayConfig config) {
        long heap = Runtime.getRuntime().maxMemory();
        return Math.min(config.server().limits().maxBuffered().bytes(), heap / 5 * 2);
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

    /** The configuration that counts now, and what was made of it. */
    static final class Current {
        private final Launch launch;
        private volatile GatewayConfig config;
        private volatile Routes routes;

        Current(Launch launch, GatewayConfig config) {
            this.launch = launch;
            this.config = config;
            this.routes = routes(config);
        }

        void apply(GatewayConfig newConfig) {
            Routes made = routes(newConfig);
            config = newConfig;
            routes = made;
        }

        GatewayConfig config() {
            return config;
        }

        Routes routes() {
            return routes;
        }

        private Routes routes(GatewayConfig from) {
            Router router =
                    Router.of(
                            from,
                            launch.catalogue(),
                            name -> variable(launch.environment(), name),
                            RANDOM);
            return new Routes(router, new Health(), limits(from), MediaRules.of(from.media()));
        }

        /** Providers are found where the cloud's own tools would find them. */
        private static Optional<String> variable(Map<String, String> environment, String name) {
            return name.equals("AWS_REGION")
                    ? AwsRegion.of(environment)
                    : Optional.ofNullable(environment.get(name));
        }

        private static ExchangeLimits limits(GatewayConfig from) {
            ExchangeLimits usual = ExchangeLimits.DEFAULT;
            return new ExchangeLimits(
                    from.server().maxBody().bytes(),
                    from.server().limits().body(),
                    from.stream().hold(),
                    usual.keepAlive(),
                    usual.maxHeldBytes(),
                    usual.maxEventBytes(),
                    from.upstream().maxAnswer().bytes(),
                    usual.clientStall(),
                    from.storage().bodies() ? STORED_BODY_BYTES : 0);
        }
    }
}
