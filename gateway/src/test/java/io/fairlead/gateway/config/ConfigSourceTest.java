package io.fairlead.gateway.config;

import static io.fairlead.gateway.config.Yaml.provider;
import static io.fairlead.gateway.config.Yaml.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fairlead.kernel.Money;
import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Secret;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

final class ConfigSourceTest {
    private static final String SECRET = "a-secret-with-24-characters-or-more";

    @TempDir Path folder;
    private Yaml yaml = new Yaml(Path.of(""), Map.of());

    @BeforeEach
    void inFolder() {
        yaml = new Yaml(folder, Map.of());
    }

    @Test
    void readsTheExampleOfTheContract() {
        ConfigReading reading =
                yaml.with("FAIRLEAD_ADMIN_KEY", "the-admin-key")
                        .with("OPENAI_API_KEY", "sk-openai")
                        .with("EU_KEY", "sk-eu")
                        .with("K1", "one")
                        .with("K2", "two")
                        .with("APP_A", SECRET)
                        .read(
                                """
                                server:    { host: 127.0.0.1, port: 4000, admin_key: "${FAIRLEAD_ADMIN_KEY}", require_key: true, drain: 30s, max_body: 100MB }
                                storage:   { url: "sqlite:fairlead.db" }
                                cluster:   { redis: "redis://host:6379" }
                                providers:
                                  openai:     { api_key: "${OPENAI_API_KEY}" }
                                  claude-eu:  { type: anthropic, api_key: "${EU_KEY}", base_url: "https://eu.example.com", region: eu, timeout: 60s }
                                  my-vllm:    { protocol: openai-chat, base_url: "http://10.0.0.5:8000/v1", auth: none, models: [ { id: qwen3, price: { input: 0.1, output: 0.2 } } ] }
                                  pool:       { type: openai, keys: [ { key: "${K1}", weight: 2 }, { key: "${K2}" } ] }
                                models:
                                  smart:
                                    strategy: priority
                                    targets:
                                      - { model: openai/gpt-5, weight: 3 }
                                      - { model: claude-eu/claude-sonnet-4-5 }
                                    retries: 2
                                    timeout: { first_token: 20s, idle: 30s, total: 10m }
                                keys:
                                  - { name: app-a, secret: "${APP_A}", team: blue, models: [smart, "openai/*"], budget: { usd: 100, per: 30d }, limits: { rpm: 600, tpm: 1000000, parallel: 20 } }
                                teams:
                                  - { name: blue, budget: { usd: 1000, per: month } }
                                defaults: { retries: 2, breaker: on, timeout: { first_token: 60s, idle: 60s, total: 10m } }
                                pricing: { unknown: { input: 5, output: 20 } }
                                media: { fetch: public }
                                """);
        assertThat(reading.problems()).isEmpty();
        GatewayConfig config = reading.config().orElseThrow();

        assertThat(config.server().adminKey()).contains(SecretHash.of("the-admin-key"));
        assertThat(config.server().requireKey()).isTrue();
        assertThat(config.cluster()).contains(new ClusterConfig(Secret.of("redis://host:6379")));
        assertThat(config.providers().keySet())
                .containsExactly("openai", "claude-eu", "my-vllm", "pool", "sim");

        ProviderConfig openai = provider(config, "openai");
        assertThat(openai.keys())
                .containsExactly(new ProviderConfig.Key(Secret.of("sk-openai"), 1));
        assertThat(openai.catalogueId()).isEqualTo("openai");
        assertThat(openai.conform()).isTrue();

        ProviderConfig eu = provider(config, "claude-eu");
        assertThat(eu.catalogueId()).isEqualTo("anthropic");
        assertThat(eu.baseUrl()).contains(URI.create("https://eu.example.com"));
        assertThat(eu.region()).contains("eu");
        assertThat(eu.resilience().timeout().total()).contains(Duration.ofSeconds(60));

        ProviderConfig vllm = provider(config, "my-vllm");
        assertThat(vllm.protocol()).contains(Protocol.OPENAI_CHAT);
        assertThat(vllm.auth()).contains(AuthScheme.NONE);
        PriceConfig price = vllm.models().getFirst().price().orElseThrow();
        assertThat(price.rates().input()).isEqualTo(new BigDecimal("0.1"));
        assertThat(price.rates().output()).isEqualTo(new BigDecimal("0.2"));

        assertThat(provider(config, "pool").keys())
                .containsExactly(
                        new ProviderConfig.Key(Secret.of("one"), 2),
                        new ProviderConfig.Key(Secret.of("two"), 1));

        ModelRoute smart = route(config, "smart");
        assertThat(smart.name()).isEqualTo("smart");
        assertThat(smart.strategy()).isEqualTo(ModelRoute.Strategy.PRIORITY);
        assertThat(smart.targets())
                .containsExactly(
                        new ModelRoute.Target("openai/gpt-5", 3, ResilienceConfig.NONE),
                        new ModelRoute.Target(
                                "claude-eu/claude-sonnet-4-5", 1, ResilienceConfig.NONE));
        assertThat(smart.resilience().retries()).contains(2);
        assertThat(smart.resilience().timeout().firstToken()).contains(Duration.ofSeconds(20));

        KeyConfig key = config.keys().getFirst();
        assertThat(key.secret()).isEqualTo(SecretHash.of(SECRET));
        assertThat(key.team()).contains("blue");
        assertThat(key.models()).containsExactly("smart", "openai/*");
        assertThat(key.budget())
                .contains(
                        new BudgetConfig(
                                Money.usd("100"),
                                new BudgetConfig.Period.Rolling(Duration.ofDays(30))));
        assertThat(key.limits())
                .isEqualTo(
                        new LimitsConfig(
                                Optional.of(600L), Optional.of(1_000_000L), Optional.of(20)));
        assertThat(config.teams())
                .containsExactly(
                        new TeamConfig(
                                "blue",
                                Optional.of(
                                        new BudgetConfig(
                                                Money.usd("1000"),
                                                BudgetConfig.Period.Calendar.MONTH)),
                                LimitsConfig.NONE));
        assertThat(config.defaults()).isEqualTo(DefaultsConfig.DEFAULT);
        assertThat(config.pricing().unknown()).isInstanceOf(PricingConfig.Unknown.Charged.class);
        assertThat(reading.warnings())
                .extracting(ConfigProblem::path)
                .containsExactly("cluster", "keys[0].budget", "keys[0].limits", "teams[0].budget");
    }

    @Test
    void readsEveryOtherKey() {
        GatewayConfig config =
                yaml.good(
                        """
                        server:
                          host: localhost
                          port: 0
                          drain: 0s
                          max_body: 1GB
                          cors: { origins: [https://app.example.com] }
                          limits: { max_connections: 7, header: 1s, idle: 2s, body: 3s, max_buffered: 4KB }
                        storage: { url: "sqlite:other.db", retention: { age: 30d, size: 10MB }, bodies: on, responses: { age: 1d, size: 5MB } }
                        providers:
                          openai:
                            protocol: openai-responses
                            auth: x-api-key
                            headers: { X-Team: blue }
                            retries: 0
                            breaker: off
                            timeout: { connect: 1s, first_token: 2s, idle: 3s, total: 4s }
                            conform: off
                            keys: [one-alone]
                            models: [gpt-x, { id: gpt-y, protocol: openai-chat, context: 128000, max_output: 4096 }]
                          anthropic: off
                          amazon-bedrock: { region: eu-west-1, access_key_id: id, secret_access_key: secret, session_token: token }
                          azure: { resource: mine, entra: { tenant: t, client: c, secret: s }, api_version: v1, deployments: { gpt-4o: prod } }
                          slow: { type: sim, latency: 200ms, tokens_per_second: 50, error_percent: 2.5, models: [ { id: echo, price: { input: 1, output: 2, cache_read: 3, cache_write: 4, reasoning: 5, audio_in: 6, audio_out: 7, image_in: 8, image_out: 9, request: 0.01, tiers: [ { over: 200000, input: 2, output: 4 } ] } } ] }
                        models:
                          alias: openai/gpt-4o
                          both: { strategy: weighted, targets: [alias, { model: slow/echo, weight: 9, retries: 1, breaker: on, timeout: 5s }] }
                        keys:
                          - { name: a, secret: a-secret-with-24-characters-or-more, expires: 2027-01-31, blocked: true, tags: [x, y], metadata: { owner: me } }
                          - { name: b, secret: b-secret-with-24-characters-or-more, expires: 2027-01-31T12:00:00+02:00 }
                        defaults: { retries: 5, breaker: off, timeout: 1m }
                        pricing: { unknown: refuse, models: { openai/gpt-4o: { input: 9 } } }
                        media: { fetch: [cdn.example.com], max_size: 1MB, timeout: 2s }
                        stream: { hold: 5s }
                        upstream: { max_connections: 8, max_waiting: 0, keep_alive: 9s, max_answer: 1MB }
                        log: { level: debug, format: json, slow: 1s }
                        """);

        assertThat(config.server())
                .isEqualTo(
                        new ServerConfig(
                                "localhost",
                                0,
                                Optional.empty(),
                                false,
                                Duration.ZERO,
                                DataSize.ofGigabytes(1),
                                Optional.empty(),
                                List.of("https://app.example.com"),
                                new ServerConfig.Limits(
                                        7,
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(2),
                                        Duration.ofSeconds(3),
                                        new DataSize(4096))));
        assertThat(config.storage())
                .isEqualTo(
                        new StorageConfig(
                                new StorageConfig.Url.Sqlite("other.db"),
                                new StorageConfig.Retention(
                                        Optional.of(Duration.ofDays(30)),
                                        Optional.of(DataSize.ofMegabytes(10))),
                                true,
                                new StorageConfig.Responses(
                                        Duration.ofDays(1), DataSize.ofMegabytes(5))));
        ProviderConfig openai = provider(config, "openai");
        assertThat(openai.protocol()).contains(Protocol.OPENAI_RESPONSES);
        assertThat(openai.auth()).contains(AuthScheme.X_API_KEY);
        assertThat(openai.headers()).isEqualTo(Map.of("x-team", Secret.of("blue")));
        assertThat(openai.resilience())
                .isEqualTo(
                        new ResilienceConfig(
                                Optional.of(0),
                                Optional.of(false),
                                new ResilienceConfig.Timeouts(
                                        Optional.of(Duration.ofSeconds(1)),
                                        Optional.of(Duration.ofSeconds(2)),
                                        Optional.of(Duration.ofSeconds(3)),
                                        Optional.of(Duration.ofSeconds(4)))));
        assertThat(openai.conform()).isFalse();
        assertThat(openai.keys())
                .containsExactly(new ProviderConfig.Key(Secret.of("one-alone"), 1));
        assertThat(openai.models())
                .extracting(ProvidedModel::id, ProvidedModel::protocol)
                .containsExactly(
                        tuple("gpt-x", Optional.empty()),
                        tuple("gpt-y", Optional.of(Protocol.OPENAI_CHAT)));
        assertThat(openai.models().getLast().contextTokens()).contains(128_000L);
        assertThat(openai.models().getLast().maxOutputTokens()).contains(4_096L);
        assertThat(config.providersOff()).isEqualTo(Set.of("anthropic"));
        assertThat(provider(config, "amazon-bedrock").aws())
                .contains(
                        new ProviderConfig.Aws(
                                Secret.of("id"),
                                Secret.of("secret"),
                                Optional.of(Secret.of("token"))));
        assertThat(provider(config, "azure").azure())
                .contains(
                        new ProviderConfig.Azure(
                                Optional.of("mine"),
                                Optional.of(new ProviderConfig.Entra("t", "c", Secret.of("s"))),
                                Optional.of("v1"),
                                Map.of("gpt-4o", "prod")));
        ProviderConfig slow = provider(config, "slow");
        assertThat(slow.sim())
                .contains(new ProviderConfig.Sim(Duration.ofMillis(200), Optional.of(50), 2.5));
        assertThat(slow.protocol()).contains(Protocol.SIM);
        PriceConfig price = slow.models().getFirst().price().orElseThrow();
        assertThat(price.rates())
                .isEqualTo(
                        new PriceConfig.Rates(
                                new BigDecimal("1"),
                                new BigDecimal("2"),
                                Optional.of(new BigDecimal("3")),
                                Optional.of(new BigDecimal("4")),
                                Optional.of(new BigDecimal("5")),
                                Optional.of(new BigDecimal("6")),
                                Optional.of(new BigDecimal("7")),
                                Optional.of(new BigDecimal("8")),
                                Optional.of(new BigDecimal("9")),
                                Optional.of(new BigDecimal("0.01"))));
        assertThat(price.tiers())
                .extracting(PriceConfig.Tier::over, t -> t.rates().output())
                .containsExactly(tuple(200_000L, new BigDecimal("4")));
        assertThat(route(config, "alias").targets())
                .extracting(ModelRoute.Target::model)
                .containsExactly("openai/gpt-4o");
        ModelRoute both = route(config, "both");
        assertThat(both.strategy()).isEqualTo(ModelRoute.Strategy.WEIGHTED);
        assertThat(both.targets().getFirst().model()).isEqualTo("alias");
        assertThat(both.targets().getLast().weight()).isEqualTo(9);
        assertThat(both.targets().getLast().resilience().breaker()).contains(true);
        KeyConfig key = config.keys().getFirst();
        assertThat(key.expires()).contains(Instant.parse("2027-01-31T00:00:00Z"));
        assertThat(config.keys().getLast().expires())
                .contains(Instant.parse("2027-01-31T10:00:00Z"));
        assertThat(key.blocked()).isTrue();
        assertThat(key.tags()).containsExactly("x", "y");
        assertThat(key.metadata()).isEqualTo(Map.of("owner", "me"));
        assertThat(config.defaults().retries()).isEqualTo(5);
        assertThat(config.defaults().breaker()).isFalse();
        assertThat(config.defaults().total()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.pricing().unknown()).isEqualTo(new PricingConfig.Unknown.Refused());
        assertThat(config.pricing().models()).containsOnlyKeys("openai/gpt-4o");
        assertThat(config.media())
                .isEqualTo(
                        new MediaConfig(
                                new MediaConfig.Fetch.Hosts(List.of("cdn.example.com")),
                                DataSize.ofMegabytes(1),
                                Duration.ofSeconds(2)));
        assertThat(config.stream().hold()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.upstream())
                .isEqualTo(
                        new UpstreamConfig(
                                8,
                                0,
                                Duration.ofSeconds(9),
                                DataSize.ofMegabytes(1),
                                Optional.empty()));
        assertThat(config.log())
                .isEqualTo(
                        new LogConfig(
                                LogConfig.Level.DEBUG,
                                LogConfig.Format.JSON,
                                Duration.ofSeconds(1)));
    }

    @Test
    void givesEveryKeyItsDefault() {
        GatewayConfig config =
                yaml.good("# nothing but a comment\nserver:\nproviders: { sim: off }\n");

        assertThat(config)
                .isEqualTo(
                        new GatewayConfig(
                                GatewayConfig.DEFAULT.server(),
                                GatewayConfig.DEFAULT.storage(),
                                Optional.empty(),
                                Map.of(),
                                Set.of("sim"),
                                Map.of(),
                                List.of(),
                                List.of(),
                                GatewayConfig.DEFAULT.defaults(),
                                GatewayConfig.DEFAULT.pricing(),
                                GatewayConfig.DEFAULT.media(),
                                GatewayConfig.DEFAULT.stream(),
                                GatewayConfig.DEFAULT.upstream(),
                                GatewayConfig.DEFAULT.log()));
        assertThat(RootShape.ROOT.empty()).isEqualTo(GatewayConfig.DEFAULT);
        assertThat(ServerShapes.SERVER.empty()).isEqualTo(ServerConfig.DEFAULT);
        assertThat(SystemShapes.STORAGE.empty()).isEqualTo(StorageConfig.DEFAULT);
        assertThat(SystemShapes.MEDIA.empty()).isEqualTo(MediaConfig.DEFAULT);
        assertThat(SystemShapes.STREAM.empty()).isEqualTo(StreamConfig.DEFAULT);
        assertThat(SystemShapes.UPSTREAM.empty()).isEqualTo(UpstreamConfig.DEFAULT);
        assertThat(SystemShapes.LOG.empty()).isEqualTo(LogConfig.DEFAULT);
        assertThat(ResilienceShapes.DEFAULTS.empty()).isEqualTo(DefaultsConfig.DEFAULT);
        assertThat(PriceShapes.PRICING.empty()).isEqualTo(PricingConfig.DEFAULT);
    }

    @Test
    void readsSecretsFromFilesBesideTheConfiguration() throws IOException {
        Files.writeString(folder.resolve("key.txt"), "sk-from-file\n");
        ConfigReading reading = yaml.read("providers: { openai: { api_key: file:key.txt } }");

        assertThat(reading.problems()).isEmpty();
        assertThat(provider(reading.config().orElseThrow(), "openai").keys())
                .containsExactly(new ProviderConfig.Key(Secret.of("sk-from-file"), 1));
        assertThat(reading.files())
                .contains(folder.resolve("key.txt"), folder.resolve("fairlead.yaml"));
    }

    @Test
    void putsVariablesAnywhereInAValue() {
        GatewayConfig config =
                yaml.with("PORT", "4567")
                        .with("HOST_PART", "eu")
                        .good(
                                """
                                server: { port: "${PORT}", drain: "${DRAIN:-7s}" }
                                providers:
                                  openai:
                                    base_url: "https://${HOST_PART}.example.com/${PATH_PART:-v1}/"
                                    api_key: "${NO_KEY:-}"
                                    headers: { x-odd: "$${PORT}" }
                                """);

        assertThat(config.server().port()).isEqualTo(4567);
        assertThat(config.server().drain()).isEqualTo(Duration.ofSeconds(7));
        ProviderConfig openai = provider(config, "openai");
        assertThat(openai.baseUrl()).contains(URI.create("https://eu.example.com/v1"));
        assertThat(openai.keys()).isEmpty();
        assertThat(openai.headers()).containsValue(Secret.of("${PORT}"));
    }

    @Test
    void readsJsonAndAliases() {
        assertThat(yaml.good("{\"server\": {\"port\": 5000}}").server().port()).isEqualTo(5000);
        GatewayConfig config =
                yaml.good(
                        """
                        providers:
                          a: { type: openai, timeout: &t { idle: 5s } }
                          b: { type: openai, timeout: *t }
                        """);
        assertThat(provider(config, "b").resilience().timeout().idle())
                .contains(Duration.ofSeconds(5));
    }

    @Test
    void readsTheStarterConfiguration() {
        ConfigReading reading = yaml.read(StarterConfig.text());

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.warnings()).isEmpty();
    }
}
