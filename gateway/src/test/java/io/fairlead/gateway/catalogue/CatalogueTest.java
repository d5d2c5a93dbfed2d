package io.fairlead.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Money;
import io.fairlead.kernel.Usage;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.Optional;

final class CatalogueTest {
    private final Catalogue catalogue = Catalogue.builtIn();

    private Price price(String provider, String model) {
        return catalogue.offer(provider, model).flatMap(Offer::price).orElseThrow();
    }

    @Test
    void holdsEveryProviderModelAndOfferOfTheFacts() {
        assertThat(
                        catalogue.providers().stream()
                                .filter(it -> !catalogue.shelf(it.id()).offers().isEmpty()))
                .hasSize(147 + 1);
        assertThat(catalogue.models().all()).hasSize(1_115);
        assertThat(
                        catalogue.providers().stream()
                                .mapToInt(it -> catalogue.shelf(it.id()).offers().size())
                                .sum())
                .isEqualTo(5_276 + 5);
    }

    @Test
    void readsEveryLine() {
        int priced = 0;
        for (Provider provider : catalogue.providers()) {
            for (Offer offer : catalogue.shelf(provider.id()).offers()) {
                Facts.parse(offer.factsText());
                priced += offer.priceText().isEmpty() ? 0 : 1;
                if (!offer.priceText().isEmpty()) {
                    assertThat(Prices.parse(offer.priceText()).rates().input()).isNotNegative();
                }
                assertThat(
                                provider.id().equals("sim")
                                        || catalogue.models().model(offer.model()).isPresent())
                        .as(offer.id())
                        .isTrue();
            }
        }
        assertThat(priced).isEqualTo(4_534 + 5);
        catalogue.models().all().forEach(model -> Facts.parse(model.factsText()));
    }

    @Test
    void hasExactPrices() {
        assertThat(price("openai", "gpt-4o").rates().input()).isEqualByComparingTo("2.5");
        assertThat(price("openai", "gpt-4o").rates().output()).isEqualByComparingTo("10");
        assertThat(price("openai", "gpt-4o").rates().cacheRead()).contains(new BigDecimal("1.25"));
        assertThat(price("openai", "gpt-4o").of(Usage.of(1_000, 500)))
                .isEqualTo(Money.usd("0.0075"));
        assertThat(price("anthropic", "claude-sonnet-4-5").rates().cacheWrite())
                .contains(new BigDecimal("3.75"));
        assertThat(price("nano-gpt", "yi-lightning").rates().input())
                .isEqualByComparingTo("0.2006");
    }

    @Test
    void chargesLongPromptsByTheirTier() {
        Price price = price("google", "gemini-2.5-pro");
        assertThat(price.of(Usage.of(200_000, 0))).isEqualTo(Money.usd("0.25"));
        assertThat(price.of(Usage.of(200_001, 1_000_000))).isEqualTo(Money.usd("15.5000025"));
    }

    @Test
    void leavesUnpricedWhatIsUnknownOrLooksWrong() {
        assertThat(catalogue.offer("github-models", "openai/gpt-4o").flatMap(Offer::price))
                .isEmpty();
        assertThat(catalogue.shelf("qihang-ai").offers())
                .isNotEmpty()
                .allSatisfy(offer -> assertThat(offer.price()).isEmpty());
        assertThat(catalogue.offer("openai", "tts-1")).isEmpty();
    }

    @Test
    void findsCanonicalModelsByIdAliasAndBareId() {
        Model sonnet = catalogue.models().model("anthropic/claude-sonnet-4-5").orElseThrow();
        assertThat(sonnet.released()).contains("2025-09-29");
        assertThat(sonnet.contextTokens()).contains(200_000L);
        assertThat(sonnet.capabilities()).contains("tools", "vision");
        assertThat(catalogue.models().model("anthropic/claude-sonnet-4-5-20250929"))
                .contains(sonnet);
        assertThat(catalogue.models().withBareId("gpt-4o"))
                .extracting(Model::id)
                .containsExactly("openai/gpt-4o");
        assertThat(catalogue.models().model("nobody/nothing")).isEmpty();
    }

    @Test
    void prefersThePlainOfferOfAModel() {
        assertThat(catalogue.shelf("anthropic").plainOfferOf("anthropic/claude-sonnet-4-5"))
                .map(Offer::id)
                .isEqualTo(Optional.of("claude-sonnet-4-5"));
        assertThat(catalogue.shelf("302ai").plainOfferOf("anthropic/claude-sonnet-4-5"))
                .map(Offer::id)
                .isEqualTo(Optional.of("claude-sonnet-4-5"));
    }

    @Test
    void knowsTheQuirksThatAreBackedByASource() {
        assertThat(catalogue.provider("openai").orElseThrow().quirks().owner()).isTrue();
        Quirks mistral = catalogue.provider("mistral").orElseThrow().quirks();
        assertThat(mistral.streamUsage()).isFalse();
        assertThat(mistral.rename()).containsEntry("max_completion_tokens", "max_tokens");
        assertThat(catalogue.provider("togetherai").orElseThrow().quirks().finishReasons())
                .containsEntry("eos", "stop");
        assertThat(catalogue.provider("deepseek").orElseThrow().quirks().roles())
                .containsEntry("developer", "system");
        assertThat(catalogue.provider("groq").orElseThrow().quirks().streamUsage()).isFalse();
        assertThat(catalogue.provider("groq").orElseThrow().quirks().keepsResponses()).isFalse();
        assertThat(mistral.keepsResponses()).isTrue();
        assertThat(catalogue.provider("cerebras").orElseThrow().quirks()).isEqualTo(Quirks.NONE);
    }
}
