package io.fairlead.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.config.KnownProvider;
import io.fairlead.gateway.config.PriceConfig;
import io.fairlead.gateway.config.PricingConfig;
import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.GatewayException;
import io.fairlead.kernel.Protocol;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class AccountsTest {
    private static final Catalogue CATALOGUE = Catalogue.builtIn();

    private static Account account(ProviderConfig provider) {
        return accounts(GatewayConfig.DEFAULT, provider).account(provider.id()).orElseThrow();
    }

    private static Accounts accounts(GatewayConfig config, ProviderConfig... providers) {
        Map<String, ProviderConfig> byId = new LinkedHashMap<>();
        for (ProviderConfig provider : providers) {
            byId.put(provider.id(), provider);
        }
        return Accounts.of(
                config.withProviders(byId),
                CATALOGUE,
                name ->
                        Optional.of(
                                name.endsWith("_URL") ? "https://h.example" : "v" + name.length()));
    }

    @Test
    void everyOpenAiLikeProviderGivesAValidDeployment() {
        List<String> usable = new ArrayList<>();
        for (Provider provider : CATALOGUE.providers()) {
            boolean openAiLike = provider.protocol().map(Protocol::openAiLike).orElse(false);
            if (!openAiLike || provider.auth().getFirst().contains("token-exchange")) {
                continue;
            }
            Account account = account(ProviderFixture.of(provider.id()).build());
            Deployment deployment = account.deployment("some/model", Endpoint.CHAT_COMPLETIONS);
            assertThat(deployment.id()).isEqualTo(provider.id() + "/some/model");
            if (deployment.protocol() != Protocol.SIM) {
                assertThat(deployment.address().host()).as(provider.id()).isNotBlank();
                assertThat(deployment.address().target(Endpoint.CHAT_COMPLETIONS))
                        .as(provider.id())
                        .contains("/chat/completions");
                assertThat(
                                account.deployment("m", Endpoint.RESPONSES)
                                        .address()
                                        .target(Endpoint.RESPONSES))
                        .contains("/responses");
            }
            usable.add(provider.id());
        }
        assertThat(usable).hasSizeGreaterThan(127).contains("groq", "deepseek", "azure", "ollama");
    }

    @Test
    void whoKeepsFilesIsKnownAndWhoIsNamedIsAsked() {
        Account openai = account(ProviderFixture.of("openai").build());
        assertThat(openai.keeps(Endpoint.FILES)).isTrue();
        assertThat(openai.keeps(Endpoint.ANTHROPIC_FILES)).isFalse();
        assertThat(openai.keeping(Endpoint.BATCHES).address().target(Endpoint.BATCHES))
                .isEqualTo("/v1/batches");
        Account anthropic = account(ProviderFixture.of("anthropic").build());
        assertThat(anthropic.keeps(Endpoint.MESSAGE_BATCHES)).isTrue();
        assertThat(anthropic.keeping(Endpoint.ANTHROPIC_FILES).auth())
                .isEqualTo(Deployment.Auth.X_API_KEY);
        assertThatThrownBy(() -> anthropic.keeping(Endpoint.FILES))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("another form");
        Account deepseek = account(ProviderFixture.of("deepseek").build());
        assertThat(deepseek.keeps(Endpoint.FILES)).isFalse();
        assertThat(deepseek.keeping(Endpoint.FILES).address().host()).isEqualTo("api.deepseek.com");
        assertThatThrownBy(() ->
                        account(ProviderFixture.of("sim").protocol(Protocol.SIM).build())
                                .keeping(Endpoint.FILES))
                .hasMessageContaining("keeps nothing");
    }

    @Test
    void azureKeepsFilesBesideItsDeployments() {
        Account v1 = account(ProviderFixture.of("azure").azure("r", null, Map.of()).build());
        assertThat(v1.keeping(Endpoint.FILES).address().target(Endpoint.FILES))
                .isEqualTo("/openai/v1/files");
        Account older =
                account(ProviderFixture.of("azure").azure("r", "2024-10-21", Map.of()).build());
        assertThat(older.keeping(Endpoint.FILES).address().target(Endpoint.FILES))
                .isEqualTo("/openai/files?api-version=2024-10-21");
    }

    @ParameterizedTest
    @CsvSource({
        "elevenlabs, SPEECH, ELEVENLABS, XI_API_KEY, /v1, ELEVENLABS_API_KEY",
        "elevenlabs, TRANSCRIPTIONS, ELEVENLABS, XI_API_KEY, /v1, ELEVENLABS_API_KEY",
        "deepgram, SPEECH, DEEPGRAM, TOKEN, /v1, DEEPGRAM_API_KEY",
        "stability, IMAGE_GENERATIONS, STABILITY, BEARER, /v2beta, STABILITY_API_KEY",
    })
    void providersOfServicesWorkFromAKeyAndFromAnotherAddress(
            String provider,
            Endpoint endpoint,
            Dialect dialect,
            Deployment.Auth auth,
            String version,
            String key) {
        Provider known = CATALOGUE.provider(provider).orElseThrow();
        assertThat(
                        KnownProvider.of(provider, known.auth(), known.env(), known.baseUrl())
                                .keyNames())
                .containsExactly(key);
        for (String written : List.of("http://127.0.0.1:9", "http://127.0.0.1:9" + version)) {
            Deployment deployment =
                    account(ProviderFixture.of(provider).baseUrl(written).build())
                            .deployment("m", endpoint);
            assertThat(deployment.dialect()).isEqualTo(dialect);
            assertThat(deployment.auth()).isEqualTo(auth);
            assertThat(deployment.address().below("/x")).isEqualTo(version + "/x");
        }
    }

    @Test
    void openAiWorksFromTheAddressOfTheEnvironment() {
        Deployment deployment =
                account(ProviderFixture.of("openai").baseUrl("http://127.0.0.1:9/v1").build())
                        .deployment("gpt-4o", Endpoint.CHAT_COMPLETIONS);
        assertThat(deployment.address().base()).isEqualTo(URI.create("http://127.0.0.1:9/v1"));
        assertThat(deployment.auth()).isEqualTo(Deployment.Auth.BEARER);
        assertThat(deployment.keys()).extracting(ProviderKey::id).containsExactly("openai#1");
        assertThat(deployment.price().orElseThrow().rates().input()).isEqualByComparingTo("2.5");
        assertThat(deployment.protocol()).isEqualTo(Protocol.OPENAI_CHAT);
        assertThat(deployment.conform()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "openai, RESPONSES, OPENAI_RESPONSES, /v1/responses",
        "mistral, CHAT_COMPLETIONS, MISTRAL_CHAT, /v1/chat/completions",
        "cohere, CHAT_COMPLETIONS, OPENAI_CHAT, /compatibility/v1/chat/completions",
        "google, CHAT_COMPLETIONS, OPENAI_CHAT, /v1beta/openai/chat/completions",
        "deepinfra, EMBEDDINGS, OPENAI_CHAT, /v1/openai/embeddings",
        "perplexity, CHAT_COMPLETIONS, OPENAI_CHAT, /chat/completions",
        "zai, CHAT_COMPLETIONS, OPENAI_CHAT, /api/paas/v4/chat/completions",
    })
    void takesTheDoorOfTheClientsProtocol(
            String provider, Endpoint endpoint, Protocol protocol, String target) {
        Deployment deployment =
                account(ProviderFixture.of(provider).build()).deployment("m", endpoint);
        assertThat(deployment.protocol()).isEqualTo(protocol);
        assertThat(deployment.address().target(endpoint)).isEqualTo(target);
        assertThat(deployment.auth()).isEqualTo(Deployment.Auth.BEARER);
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic, CHAT_COMPLETIONS, ANTHROPIC_MESSAGES, X_API_KEY, https://api.anthropic.com/v1",
        "anthropic, MESSAGES, ANTHROPIC_MESSAGES, X_API_KEY, https://api.anthropic.com/v1",
        "google, GENERATE_CONTENT, GEMINI, X_GOOG_API_KEY,"
                + " https://generativelanguage.googleapis.com/v1beta",
        "google, MESSAGES, GEMINI, X_GOOG_API_KEY,"
                + " https://generativelanguage.googleapis.com/v1beta",
        "openai, MESSAGES, OPENAI_RESPONSES, BEARER, https://api.openai.com/v1",
        "deepseek, MESSAGES, ANTHROPIC_MESSAGES, X_API_KEY, https://api.deepseek.com/anthropic/v1",
        "deepseek, RESPONSES, OPENAI_RESPONSES, BEARER, https://api.deepseek.com",
        "cohere, MESSAGES, COHERE_V2, BEARER, https://api.cohere.com/v2",
        "sim, MESSAGES, SIM, NONE, http://in-process.invalid",
    })
    void translatesWhereTheProviderDoesNotSpeakTheClientsProtocol(
            String provider, Endpoint endpoint, Protocol protocol, Deployment.Auth auth, URI base) {
        Deployment deployment =
                account(ProviderFixture.of(provider).build()).deployment("m", endpoint);
        assertThat(deployment.protocol()).isEqualTo(protocol);
        assertThat(deployment.auth()).isEqualTo(auth);
        assertThat(deployment.address().base()).isEqualTo(base);
    }

    @Test
    void ownServersOfAnyProtocolNeedNoCatalogue() {
        Account claude =
                account(
                        ProviderFixture.of("mine")
                                .protocol(Protocol.ANTHROPIC_MESSAGES)
                                .baseUrl("http://10.0.0.5:8000")
                                .build());
        Deployment deployment = claude.deployment("m", Endpoint.CHAT_COMPLETIONS);
        assertThat(deployment.address().base()).isEqualTo(URI.create("http://10.0.0.5:8000/v1"));
        assertThat(deployment.auth()).isEqualTo(Deployment.Auth.X_API_KEY);
        Account gemini =
                account(
                        ProviderFixture.of("mine")
                                .protocol(Protocol.GEMINI)
                                .baseUrl("http://10.0.0.5:8000")
                                .build());
        assertThat(gemini.deployment("m", Endpoint.CHAT_COMPLETIONS).address().base())
                .isEqualTo(URI.create("http://10.0.0.5:8000/v1beta"));
    }

    @Test
    void saysPlainlyWhatCanNotBeUsedYetButPassesItThrough() {
        Account anthropic = account(ProviderFixture.of("anthropic").build());
        assertThat(anthropic.deployment("claude", Endpoint.COMPLETIONS).protocol())
                .isEqualTo(Protocol.ANTHROPIC_MESSAGES);
        assertThatThrownBy(() -> anthropic.deployment("claude", Endpoint.EMBEDDINGS))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("speaks anthropic-messages")
                .hasMessageContaining("/passthrough/anthropic");
        Deployment own = anthropic.passthrough();
        assertThat(own.auth()).isEqualTo(Deployment.Auth.X_API_KEY);
        assertThat(own.address().passthroughTarget("/v1/messages")).isEqualTo("/v1/messages");
        assertThat(account(ProviderFixture.of("google").build()).passthrough().auth())
                .isEqualTo(Deployment.Auth.X_GOOG_API_KEY);
    }

    @Test
    void ownServerNeedsNoCatalogue() {
        Account vllm =
                account(
                        ProviderFixture.of("my-vllm")
                                .protocol(Protocol.OPENAI_CHAT)
                                .baseUrl("http://10.0.0.5:8000")
                                .noKeys()
                                .model("qwen3", "0.1", "0.2")
                                .build());
        Deployment deployment = vllm.deployment("qwen3", Endpoint.CHAT_COMPLETIONS);
        assertThat(deployment.address().base()).isEqualTo(URI.create("http://10.0.0.5:8000/v1"));
        assertThat(deployment.auth()).isEqualTo(Deployment.Auth.NONE);
        assertThat(deployment.price()).contains(Price.of("0.1", "0.2"));
        assertThat(vllm.modelIds()).containsExactly("qwen3");
    }

    @Test
    void azureHasTwoForms() {
        ProviderFixture azure = ProviderFixture.of("azure");
        Deployment v1 =
                account(azure.azure("res", null, Map.of("gpt-4o", "prod-4o")).build())
                        .deployment("gpt-4o", Endpoint.CHAT_COMPLETIONS);
        assertThat(v1.address().host()).isEqualTo("res.openai.azure.com");
        assertThat(v1.address().target(Endpoint.CHAT_COMPLETIONS))
                .isEqualTo("/openai/v1/chat/completions");
        assertThat(v1.model()).isEqualTo("prod-4o");
        assertThat(v1.id()).isEqualTo("azure/gpt-4o");
        assertThat(v1.auth()).isEqualTo(Deployment.Auth.API_KEY);
        assertThat(v1.price()).isPresent();
        Deployment older =
                account(azure.azure("res", "2024-06-01", Map.of()).build())
                        .deployment("gpt-4o", Endpoint.CHAT_COMPLETIONS);
        assertThat(older.address().target(Endpoint.CHAT_COMPLETIONS))
                .isEqualTo("/openai/deployments/gpt-4o/chat/completions?api-version=2024-06-01");
        Deployment moved =
                account(ProviderFixture.of("azure").baseUrl("http://h:1").build())
                        .deployment("gpt-4o", Endpoint.EMBEDDINGS);
        assertThat(moved.address().target(Endpoint.EMBEDDINGS))
                .isEqualTo("/openai/deployments/gpt-4o/embeddings?api-version=2024-10-21");
        Deployment movedV1 =
                account(ProviderFixture.of("azure").baseUrl("http://h:1/openai/v1/").build())
                        .deployment("gpt-4o", Endpoint.RESPONSES);
        assertThat(movedV1.address().target(Endpoint.RESPONSES)).isEqualTo("/openai/v1/responses");
    }

    @Test
    void operatorsPriceWins() {
        PriceConfig own = ProviderFixture.price("1", "2");
        GatewayConfig config =
                pricing(
                        new PricingConfig(
                                new PricingConfig.Unknown.Unpriced(),
                                Map.of("openai/gpt-4o", own)));
        Account account =
                accounts(config, ProviderFixture.of("openai").model("gpt-5", "3", "4").build())
                        .account("openai")
                        .orElseThrow();
        assertThat(account.deployment("gpt-4o", Endpoint.CHAT_COMPLETIONS).price())
                .contains(Price.of("1", "2"));
        assertThat(account.deployment("gpt-5", Endpoint.CHAT_COMPLETIONS).price())
                .contains(Price.of("3", "4"));
        assertThat(account.deployment("never-heard-of", Endpoint.CHAT_COMPLETIONS).price())
                .isEmpty();
    }

    @Test
    void unknownPriceIsChargedOrRefusedAsConfigured() {
        PricingConfig.Unknown charged =
                new PricingConfig.Unknown.Charged(ProviderFixture.price("5", "20"));
        ProviderConfig openai = ProviderFixture.of("openai").build();
        Account generous =
                accounts(pricing(new PricingConfig(charged, Map.of())), openai)
                        .account("openai")
                        .orElseThrow();
        assertThat(generous.deployment("odd", Endpoint.CHAT_COMPLETIONS).price())
                .contains(Price.of("5", "20"));
        Account strict =
                accounts(
                                pricing(
                                        new PricingConfig(
                                                new PricingConfig.Unknown.Refused(), Map.of())),
                                openai)
                        .account("openai")
                        .orElseThrow();
        assertThatThrownBy(() -> strict.deployment("odd", Endpoint.CHAT_COMPLETIONS))
                .hasMessageContaining("openai/odd")
                .hasMessageContaining("pricing.unknown");
        strict.deployment("gpt-4o", Endpoint.CHAT_COMPLETIONS);
    }

    @Test
    void inventedModelNamesDoNotFillTheMemory() {
        Account account = account(ProviderFixture.of("openai").build());
        for (int i = 0; i < 10_000; i++) {
            assertThat(account.deployment("m" + i, Endpoint.CHAT_COMPLETIONS).model())
                    .isEqualTo("m" + i);
        }
        assertThat(account.deployment("m9999", Endpoint.CHAT_COMPLETIONS))
                .isNotSameAs(account.deployment("m9999", Endpoint.CHAT_COMPLETIONS));
        assertThat(account.deployment("m1", Endpoint.CHAT_COMPLETIONS))
                .isSameAs(account.deployment("m1", Endpoint.CHAT_COMPLETIONS));
    }

    private static GatewayConfig pricing(PricingConfig pricing) {
        GatewayConfig base = GatewayConfig.DEFAULT;
        return new GatewayConfig(
                base.server(),
                base.storage(),
                base.cluster(),
                base.providers(),
                base.providersOff(),
                base.models(),
                base.keys(),
                base.teams(),
                base.defaults(),
                pricing,
                base.media(),
                base.stream(),
                base.upstream(),
                base.log());
    }
}
