package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.Access;
import io.fairlead.gateway.catalogue.Catalogue;
import io.fairlead.gateway.cloud.Clouds;
import io.fairlead.gateway.config.AuthScheme;
import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.config.KeyConfig;
import io.fairlead.gateway.config.LimitsConfig;
import io.fairlead.gateway.config.ModelRoute;
import io.fairlead.gateway.config.PriceConfig;
import io.fairlead.gateway.config.ProvidedModel;
import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.gateway.config.ResilienceConfig;
import io.fairlead.gateway.config.SecretHash;
import io.fairlead.gateway.ledger.Ledger;
import io.fairlead.gateway.ledger.LedgerFullException;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.media.MediaFetcher;
import io.fairlead.gateway.media.MediaRules;
import io.fairlead.gateway.responses.ArchiveLimits;
import io.fairlead.gateway.responses.ResponseArchive;
import io.fairlead.gateway.responses.ResponseStore;
import io.fairlead.gateway.routing.Health;
import io.fairlead.gateway.routing.Router;
import io.fairlead.gateway.telemetry.Telemetry;
import io.fairlead.gateway.telemetry.TelemetrySettings;
import io.fairlead.gateway.upstream.Authorities;
import io.fairlead.gateway.upstream.HttpUpstream;
import io.fairlead.gateway.upstream.NameResolution;
import io.fairlead.gateway.upstream.PoolLimits;
import io.fairlead.gateway.upstream.Pools;
import io.fairlead.gateway.upstream.SimUpstream;
import io.fairlead.gateway.upstream.Upstreams;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Secret;
import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.fault.FaultInjector;
import io.fairlead.simulator.openai.OpenAiSimulator;
import io.fairlead.simulator.openai.SimModels;
import io.fairlead.simulator.server.SimulatorServer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A gateway's data plane on a socket, with a simulated provider behind it on another: everything
 * real but the edge and the ledger's disk.
 */
final class Harness implements AutoCloseable {
    final SimulatorServer provider;
    final SimulatorServer second;
    final List<RequestRecord> records = new CopyOnWriteArrayList<>();
    final Pools pools = new Pools();
    final Telemetry telemetry = new Telemetry(TelemetrySettings.DEFAULT);
    final ResponseArchive archive;
    final BodyBudget budget = new BodyBudget(128 << 20);
    volatile boolean ledgerAccepts = true;
    volatile boolean ledgerFull;
    private final Vertx vertx;
    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger ids = new AtomicInteger();
    private final DataPlanes planes;
    private volatile @Nullable DataPlane plane;
    private volatile @Nullable Context loop;
    private volatile @Nullable VertxClient lastClient;
    private volatile @Nullable HttpUpstream http;
    private final GatewayConfig config;

    /** What a test may set. */
    static final class Options {
        ExchangeLimits limits = ExchangeLimits.DEFAULT;
        int retries = 0;

        /** Deadlines of the provider "one"; "two" is the healthy one and is always given time. */
        Duration firstToken = Duration.ofSeconds(20);

        Duration idle = Duration.ofSeconds(20);
        Duration total = Duration.ofSeconds(60);
        Optional<URI> baseUrl = Optional.empty();

        /** What the provider "one" speaks. */
        Protocol protocol = Protocol.OPENAI_CHAT;

        /** From where media are fetched. */
        MediaRules media = MediaRules.DEFAULT;

        /** What else the provider "one" is. */
        UnaryOperator<ProviderConfig> one = UnaryOperator.identity();

        /** What else the provider "two" is, and what it answers. */
        UnaryOperator<ProviderConfig> two = UnaryOperator.identity();

        Protocol secondProtocol = Protocol.OPENAI_CHAT;
        SimProvider second = new FaultInjector(simulator());

        /** Variables that the tools of clouds read. */
        Map<String, String> environment = Map.of();

        List<String> targets = List.of();

        /** Where responses are kept. */
        ResponseStore responses = new ResponsesInMemory();

        /** Keys of clients; none: none is needed. */
        List<KeyConfig> keys = List.of();

        Optional<Authorities> trusted = Optional.empty();
        AddressResolverOptions names = NameResolution.options();
        SimProvider provider = new FaultInjector(simulator());
    }

    static OpenAiSimulator simulator() {
        return new OpenAiSimulator(SimModels.lenientBuiltIn(), InstantSource.system());
    }

    Harness() {
        this(new Options());
    }

    Harness(Options options) {
        vertx = Vertx.vertx(new VertxOptions().setAddressResolverOptions(options.names));
        provider = SimulatorServer.start(options.provider);
        second = SimulatorServer.start(options.second);
        config = config(options);
        archive =
                new ResponseArchive(
                        () -> options.responses, ArchiveLimits.DEFAULT, InstantSource.system());
        Clouds clouds =
                new Clouds(
                        config,
                        options.environment,
                        InstantSource.system(),
                        options.trusted.map(Authorities::context));
        Steps steps =
                new Steps(
                        new Access(config, InstantSource.system()),
                        ledger(),
                        telemetry,
                        budget,
                        MediaFetcher.ofSystem(options.trusted.map(Authorities::context)),
                        archive,
                        InstantSource.system(),
                        new Random(1));
        Routes routes =
                new Routes(
                        Router.of(
                                config, Catalogue.builtIn(), _ -> Optional.empty(), new Random(1)),
                        new Health(),
                        options.limits,
                        options.media);
        planes =
                new DataPlanes(
                        steps,
                        routes,
                        context -> {
                            http =
                                    new HttpUpstream(
                                            context.owner(),
                                            PoolLimits.DEFAULT,
                                            options.trusted.map(Authorities::options),
                                            pools,
                                            clouds);
                            return new Upstreams(
                                    http, new SimUpstream(context.owner(), _ -> simulator()));
                        });
        try {
            server =
                    vertx.createHttpServer(
                                    new HttpServerOptions()
                                            .setHost("127.0.0.1")
                                            .setPort(0)
                                            .setMaxWebSocketFrameSize(16 << 20)
                                            .setMaxWebSocketMessageSize(16 << 20)
                                            .setWebSocketSubProtocols(List.of("realtime")))
                            .requestHandler(this::handle)
                            .listen()
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Ledger ledger() {
        return new Ledger() {
            @Override
            public boolean accepting() {
                return ledgerAccepts;
            }

            @Override
            public void append(RequestRecord entry) {
                if (ledgerFull) {
                    throw new LedgerFullException("full");
                }
                records.add(entry);
            }
        };
    }

    private GatewayConfig config(Options options) {
        Map<String, ProviderConfig> providers = new LinkedHashMap<>();
        URI first = options.baseUrl.orElse(base(provider));
        providers.put(
                "one",
                options.one.apply(provider("one", first, options.protocol, resilience(options))));
        Options patient = new Options();
        patient.retries = options.retries;
        providers.put(
                "two",
                options.two.apply(
                        provider(
                                "two", base(second), options.secondProtocol, resilience(patient))));
        GatewayConfig plain = GatewayConfig.DEFAULT.withProviders(providers);
        if (options.targets.isEmpty() && options.keys.isEmpty()) {
            return plain;
        }
        List<ModelRoute.Target> targets = new ArrayList<>();
        for (String target : options.targets) {
            targets.add(new ModelRoute.Target(target, 1, ResilienceConfig.NONE));
        }
        ModelRoute route =
                new ModelRoute(
                        "both", ModelRoute.Strategy.PRIORITY, targets, ResilienceConfig.NONE);
        return new GatewayConfig(
                plain.server(),
                plain.storage(),
                plain.cluster(),
                plain.providers(),
                plain.providersOff(),
                options.targets.isEmpty() ? Map.of() : Map.of("both", route),
                options.keys,
                plain.teams(),
                plain.defaults(),
                plain.pricing(),
                plain.media(),
                plain.stream(),
                plain.upstream(),
                plain.log());
    }

    private static ResilienceConfig resilience(Options options) {
        return new ResilienceConfig(
                Optional.of(options.retries),
                Optional.of(false),
                new ResilienceConfig.Timeouts(
                        Optional.of(Duration.ofSeconds(20)),
                        Optional.of(options.firstToken),
                        Optional.of(options.idle),
                        Optional.of(options.total)));
    }

    private static URI base(SimulatorServer server) {
        return URI.create("http://127.0.0.1:" + server.port() + "/v1");
    }

    private static ProviderConfig provider(
            String id, URI base, Protocol protocol, ResilienceConfig resilience) {
        return new ProviderConfig(
                id,
                ProviderConfig.Origin.FILE,
                Optional.empty(),
                Optional.of(protocol),
                Optional.of(base),
                Optional.of(AuthScheme.BEARER),
                List.of(new ProviderConfig.Key(Secret.of("sk-operator-" + id), 1)),
                Optional.empty(),
                Map.of(),
                List.of(
                        new ProvidedModel(
                                "echo",
                                Optional.of(price()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())),
                resilience,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static PriceConfig price() {
        Optional<BigDecimal> none = Optional.empty();
        return new PriceConfig(
                new PriceConfig.Rates(
                        BigDecimal.ONE,
                        BigDecimal.TWO,
                        none,
                        none,
                        none,
                        none,
                        none,
                        none,
                        none,
                        none),
                List.of());
    }

    private void handle(HttpServerRequest request) {
        request.pause();
        DataPlane open = plane;
        if (open == null) {
            Context context = vertx.getOrCreateContext();
            loop = context;
            open = planes.open(context);
            plane = open;
        }
        String whole = java.util.Objects.requireNonNull(request.path());
        String path = whole.startsWith("/api/v1") ? whole.substring("/api".length()) : whole;
        Endpoint endpoint = Endpoint.PASSTHROUGH;
        String remainder = path.startsWith("/passthrough") ? path.substring(12) : "";
        for (Endpoint each : Endpoint.values()) {
            String own =
                    each == Endpoint.ANTHROPIC_FILES ? "/anthropic/v1/files" : "/v1" + each.path();
            if (!each.path().isEmpty() && path.equals(own)) {
                endpoint = each;
            } else if (each.keeps() && path.startsWith(own + "/")) {
                endpoint = each;
                remainder = path.substring(own.length());
            }
        }
        if (path.startsWith("/v1beta/models/")) {
            endpoint = method(path.substring(path.lastIndexOf(':') + 1));
            remainder = path.substring("/v1beta/models".length());
        }
        if (path.startsWith("/v1/responses/") && endpoint == Endpoint.PASSTHROUGH) {
            endpoint = Endpoint.RESPONSES;
            remainder = path.substring("/v1/responses".length());
        }
        VertxClient exchange =
                new VertxClient(request, "r" + ids.incrementAndGet(), endpoint, remainder);
        lastClient = exchange;
        if (endpoint == Endpoint.REALTIME) {
            open.talk(
                    exchange,
                    exchange,
                    () -> request.toWebSocket().onSuccess(socket -> socket.pause()));
            return;
        }
        open.handle(exchange, exchange);
    }

    private static Endpoint method(String name) {
        return switch (name) {
            case "countTokens" -> Endpoint.COUNT_CONTENT;
            case "embedContent" -> Endpoint.EMBED_CONTENT;
            case "batchEmbedContents" -> Endpoint.BATCH_EMBED_CONTENTS;
            default -> Endpoint.GENERATE_CONTENT;
        };
    }

    int port() {
        return server.actualPort();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpResponse<String> post(String path, String json) throws Exception {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(
                request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    }

    HttpClient client() {
        return client;
    }

    /** Ends what is in work, as at the end of a drain. */
    void abort() {
        java.util.Objects.requireNonNull(loop)
                .runOnContext(_ -> java.util.Objects.requireNonNull(plane).abort());
    }

    /** Waits until the last client got a status. */
    void awaitCommitted() {
        await(() -> {
            VertxClient last = lastClient;
            return last != null && last.headSent();
        });
    }

    int inFlight() {
        DataPlane open = plane;
        return open == null ? 0 : open.inFlight();
    }

    /** Calls to providers that are under way. */
    int openCalls() {
        HttpUpstream calls = http;
        return calls == null ? 0 : calls.open();
    }

    /** Waits until nothing is in work and nothing is held any more: that follows the answer. */
    void awaitQuiet() {
        await(() -> inFlight() == 0 && openCalls() == 0 && budget.held() == 0);
    }

    /** The one record that there is, once it is there. */
    RequestRecord record() {
        await(() -> !records.isEmpty());
        return records.getLast();
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come true within 60 s");
            }
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }

    /** A key that may use these models only. */
    static KeyConfig key(String secret, String... models) {
        return new KeyConfig(
                "test",
                SecretHash.of(secret),
                Optional.empty(),
                List.of(models),
                Optional.empty(),
                LimitsConfig.NONE,
                Optional.empty(),
                false,
                List.of(),
                Map.of());
    }

    static String chat(String model, boolean stream) {
        return "{\"model\":\""
                + model
                + "\",\"stream\":"
                + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello there\"}]}";
    }

    @Override
    public void close() {
        client.close();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        archive.close();
        provider.close();
        second.close();
    }
}
