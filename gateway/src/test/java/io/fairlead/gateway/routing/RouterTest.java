package io.fairlead.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.gateway.catalogue.Catalogue;
import io.fairlead.gateway.catalogue.ProviderFixture;
import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.config.ModelRoute;
import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.gateway.config.ResilienceConfig;
import io.fairlead.gateway.routing.RoutePlan.Candidate;
import io.fairlead.gateway.routing.RoutePlan.Resolution;
import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;
import io.fairlead.kernel.Protocol;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

final class RouterTest {
    private static final Catalogue CATALOGUE = Catalogue.builtIn();
    private final Map<String, ProviderConfig> providers = new LinkedHashMap<>();
    private final Map<String, ModelRoute> routes = new LinkedHashMap<>();

    private void provider(ProviderFixture fixture) {
        ProviderConfig config = fixture.build();
        providers.put(config.id(), config);
    }

    private void route(String name, ModelRoute.Strategy strategy, ModelRoute.Target... targets) {
        routes.put(name, new ModelRoute(name, strategy, List.of(targets), ResilienceConfig.NONE));
    }

    private static ModelRoute.Target target(String model, int weight) {
        return new ModelRoute.Target(model, weight, ResilienceConfig.NONE);
    }

    private static ResilienceConfig retries(int retries) {
        return new ResilienceConfig(
                Optional.of(retries), Optional.empty(), ResilienceConfig.Timeouts.NONE);
    }

    private Router router() {
        GatewayConfig base = GatewayConfig.DEFAULT;
        GatewayConfig config =
                new GatewayConfig(
                        base.server(),
                        base.storage(),
                        base.cluster(),
                        providers,
                        base.providersOff(),
                        routes,
                        base.keys(),
                        base.teams(),
                        base.defaults(),
                        base.pricing(),
                        base.media(),
                        base.stream(),
                        base.upstream(),
                        base.log());
        return Router.of(config, CATALOGUE, _ -> Optional.empty(), new Random(11));
    }

    private static List<String> ids(RoutePlan plan) {
        return plan.candidates().stream().map(it -> it.deployment().id()).toList();
    }

    private static RoutePlan plan(Router router, String model) {
        return router.plan(model, Endpoint.CHAT_COMPLETIONS);
    }

    private static String refusal(Router router, String model) {
        try {
            plan(router, model);
        } catch (GatewayException e) {
            assertThat(e.error().code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
            return e.error().message();
        }
        throw new AssertionError(model + " was found");
    }

    @Test
    void resolvesInTheOrderOfTheContract() {
        provider(ProviderFixture.of("openai"));
        provider(ProviderFixture.of("openrouter"));
        route("openai/gpt-4o", ModelRoute.Strategy.PRIORITY, target("openrouter/openai/gpt-5", 1));
        Router router = router();
        RoutePlan named = plan(router, "openai/gpt-4o");
        assertThat(named.resolution()).isEqualTo(Resolution.NAMED);
        assertThat(ids(named)).containsExactly("openrouter/openai/gpt-5");
        RoutePlan direct = plan(router, "openai/gpt-5");
        assertThat(direct.resolution()).isEqualTo(Resolution.PROVIDER_MODEL);
        assertThat(ids(direct)).containsExactly("openai/gpt-5");
        RoutePlan canonical = plan(router, "anthropic/claude-sonnet-4-5");
        assertThat(canonical.resolution()).isEqualTo(Resolution.CANONICAL);
        assertThat(ids(canonical)).containsExactly("openrouter/anthropic/claude-sonnet-4.5");
        RoutePlan bare = plan(router, "gpt-4o");
        assertThat(bare.resolution()).isEqualTo(Resolution.BARE);
        assertThat(ids(bare)).containsExactly("openai/gpt-4o", "openrouter/openai/gpt-4o");
        assertThat(plan(router, "gpt-4o")).isSameAs(bare);
    }

    @Test
    void sendsUnknownIdsOfAKnownProviderAsTheyAre() {
        provider(ProviderFixture.of("openai"));
        RoutePlan plan = plan(router(), "openai/ft:gpt-4o:acme::x/y");
        assertThat(plan.candidates().getFirst().deployment().model())
                .isEqualTo("ft:gpt-4o:acme::x/y");
    }

    @Test
    void findsModelsThatOnlyTheConfigurationDeclares() {
        provider(
                ProviderFixture.of("my-vllm")
                        .protocol(Protocol.OPENAI_CHAT)
                        .baseUrl("http://h:1/v1")
                        .model("qwen-mine", "1", "1"));
        assertThat(ids(plan(router(), "qwen-mine"))).containsExactly("my-vllm/qwen-mine");
    }

    @Test
    void unknownModelsNameTheNearest() {
        provider(ProviderFixture.of("openai"));
        provider(ProviderFixture.of("sim"));
        route("smart", ModelRoute.Strategy.PRIORITY, target("openai/gpt-5", 1));
        Router router = router();
        assertThat(refusal(router, "smrat")).contains("Nearest: smart");
        assertThat(refusal(router, "gpt-4p")).contains("openai/gpt-4o");
        assertThat(refusal(router, "sim-echo")).contains("sim/echo");
        assertThat(refusal(router, "anthropic/claude-sonnet-4-5"))
                .contains("The provider anthropic is not configured")
                .contains("ANTHROPIC_API_KEY");
        assertThat(refusal(router, "x".repeat(100_000))).hasSizeLessThan(400);
        assertThat(refusal(router, "")).contains("/v1/models");
    }

    @Test
    void floorPutsTheCheapestFirst() {
        provider(ProviderFixture.of("dear").type("openai").model("gpt-4o", "9", "9"));
        provider(ProviderFixture.of("azure").azure("r", null, Map.of()));
        provider(ProviderFixture.of("cheap").type("openai").model("gpt-4o", "1", "1"));
        Router router = router();
        assertThat(ids(plan(router, "gpt-4o")))
                .containsExactly("dear/gpt-4o", "azure/gpt-4o", "cheap/gpt-4o");
        assertThat(ids(plan(router, "openai/gpt-4o:floor")))
                .containsExactly("cheap/gpt-4o", "azure/gpt-4o", "dear/gpt-4o");
        assertThat(ids(plan(router, "gpt-4o:nitro"))).isEqualTo(ids(plan(router, "gpt-4o")));
    }

    @Test
    void anAggregatorGetsTheSuffixItself() {
        provider(ProviderFixture.of("openrouter"));
        assertThat(ids(plan(router(), "openrouter/openai/gpt-4o:nitro")))
                .containsExactly("openrouter/openai/gpt-4o:nitro");
    }

    @Test
    void weighsTargetsAndKeepsTheRestAsFallbacks() {
        provider(ProviderFixture.of("openai"));
        provider(ProviderFixture.of("groq"));
        provider(ProviderFixture.of("deepseek"));
        route(
                "mixed",
                ModelRoute.Strategy.WEIGHTED,
                target("openai/a", 6),
                target("groq/b", 3),
                target("deepseek/c", 1));
        Router router = router();
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            List<String> ids = ids(plan(router, "mixed"));
            assertThat(ids).containsExactlyInAnyOrder("openai/a", "groq/b", "deepseek/c");
            first.merge(ids.getFirst(), 1, Integer::sum);
        }
        assertThat(first.get("openai/a")).isBetween(5_800, 6_200);
        assertThat(first.get("groq/b")).isBetween(2_800, 3_200);
        assertThat(first.get("deepseek/c")).isBetween(850, 1_150);
    }

    @Test
    void flattensNamesOfNames() {
        provider(ProviderFixture.of("openai"));
        provider(ProviderFixture.of("groq"));
        route("inner", ModelRoute.Strategy.PRIORITY, target("groq/b", 1), target("openai/a", 1));
        route(
                "outer",
                ModelRoute.Strategy.PRIORITY,
                target("openai/z", 1),
                target("inner", 1),
                target("openai/z", 1));
        assertThat(ids(plan(router(), "outer"))).containsExactly("openai/z", "groq/b", "openai/a");
    }

    @Test
    void refusesNamesThatLeadBackToThemselves() {
        provider(ProviderFixture.of("openai"));
        route("a", ModelRoute.Strategy.PRIORITY, target("b", 1));
        route("b", ModelRoute.Strategy.PRIORITY, target("a", 1));
        Router router = router();
        assertThatThrownBy(() -> plan(router, "a")).hasMessageContaining("a → b");
    }

    @Test
    void targetThenNameThenProviderThenDefaultSaysHowHardToTry() {
        provider(ProviderFixture.of("openai").retries(7));
        provider(ProviderFixture.of("groq"));
        routes.put(
                "m",
                new ModelRoute(
                        "m",
                        ModelRoute.Strategy.PRIORITY,
                        List.of(
                                new ModelRoute.Target("openai/a", 1, retries(0)),
                                target("openai/b", 1)),
                        retries(4)));
        route("n", ModelRoute.Strategy.PRIORITY, target("openai/a", 1), target("groq/b", 1));
        Router router = router();
        assertThat(retriesOf(plan(router, "m"))).containsExactly(0, 4);
        assertThat(retriesOf(plan(router, "n"))).containsExactly(7, 2);
    }

    private static List<Integer> retriesOf(RoutePlan plan) {
        return plan.candidates().stream()
                .map(Candidate::deployment)
                .map(it -> it.resilience().retries())
                .toList();
    }

    @Test
    void leavesOutTargetsThatCanNotDoIt() {
        provider(ProviderFixture.of("anthropic"));
        provider(ProviderFixture.of("openai"));
        route(
                "some",
                ModelRoute.Strategy.PRIORITY,
                target("anthropic/claude-sonnet-4-5", 1),
                target("openai/gpt-4o", 1));
        route("none", ModelRoute.Strategy.PRIORITY, target("anthropic/claude-sonnet-4-5", 1));
        Router router = router();
        assertThat(ids(router.plan("some", Endpoint.EMBEDDINGS))).containsExactly("openai/gpt-4o");
        assertThatThrownBy(() -> router.plan("none", Endpoint.EMBEDDINGS))
                .hasMessageContaining("anthropic-messages");
    }

    @Test
    void oneNameMeansAnotherFormForEachService() {
        provider(ProviderFixture.of("openai"));
        provider(ProviderFixture.of("groq"));
        provider(ProviderFixture.of("anthropic"));
        Router router = router();
        assertThat(dialect(router, "openai/gpt-4o", Endpoint.EMBEDDINGS)).isEqualTo(Dialect.OPENAI);
        assertThat(dialect(router, "openai/gpt-4o", Endpoint.COUNT_TOKENS))
                .isEqualTo(Dialect.OPENAI);
        assertThat(dialect(router, "groq/x", Endpoint.EMBEDDINGS)).isEqualTo(Dialect.OPENAI);
        assertThat(dialect(router, "groq/x", Endpoint.COUNT_TOKENS)).isEqualTo(Dialect.LOCAL);
        assertThat(dialect(router, "anthropic/x", Endpoint.INPUT_TOKENS))
                .isEqualTo(Dialect.ANTHROPIC);
    }

    private static Dialect dialect(Router router, String model, Endpoint endpoint) {
        return router.plan(model, endpoint).candidates().getFirst().deployment().dialect();
    }

    @Test
    void listsNamesThenEverythingOfTheConfiguredProviders() {
        provider(ProviderFixture.of("openai"));
        provider(ProviderFixture.of("sim"));
        route("smart", ModelRoute.Strategy.PRIORITY, target("openai/gpt-5", 1));
        ModelList models = router().models();
        assertThat(models.all().iterator().next().id()).isEqualTo("smart");
        assertThat(models.all()).hasSize(1 + 51 + 5);
        ModelList.Listed listed = models.model("openai/gpt-4o").orElseThrow();
        assertThat(listed.ownedBy()).isEqualTo("openai");
        assertThat(listed.createdSeconds()).isEqualTo(1_715_558_400L);
        assertThat(models.model("sim/echo")).isPresent();
        assertThat(models.model("sim/nothing")).isEmpty();
    }
}
