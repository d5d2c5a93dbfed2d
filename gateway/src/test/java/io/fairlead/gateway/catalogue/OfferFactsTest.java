package io.fairlead.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.adapt.ModelFacts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Set;

final class OfferFactsTest {
    private static final Set<String> WORDS =
            Set.of("always", "-always", "unasked", "-unasked", "adaptive", "-adaptive");

    private final Catalogue catalogue = Catalogue.builtIn();

    private ModelFacts facts(String provider, String id) {
        return OfferFacts.of(catalogue.offer(provider, id).orElseThrow(), catalogue);
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic,       claude-opus-4-1,          '',                       1024, ,      false,"
                + " false",
        "anthropic,       claude-opus-4-5,          low medium high,          1024, ,      false,"
                + " false",
        "anthropic,       claude-opus-4-6,          low medium high max,      1024, ,      false,"
                + " true",
        "anthropic,       claude-opus-4-8,          low medium high xhigh max,    , ,      false,"
                + " true",
        "anthropic,       claude-fable-5,           low medium high xhigh max,    , ,      true, "
                + " true",
        "google,          gemini-2.5-pro,           '',                        128, 32768, true, "
                + " true",
        "google,          gemini-2.5-flash,         '',                          1, 24576, false,"
                + " true",
        "google-vertex,   gemini-3.1-pro-preview,   low medium high,              , ,      true, "
                + " false",
        "openai,          gpt-5,                    minimal low medium high,      , ,      true,",
        "openai,          gpt-5.2,                  none low medium high xhigh,   , ,      false,",
        "amazon-bedrock,  amazon.nova-2-lite-v1:0,  low medium high,              , ,      false,",
        "amazon-bedrock,  us.anthropic.claude-haiku-4-5-20251001-v1:0, '',    1024, ,      false,"
                + " false",
        "cohere,          command-a-reasoning-08-2025, '',                       1, ,      false,",
        "groq,            qwen/qwen3-32b,           none default,                 , ,      false,"
    })
    void knowsHowModelsAreToldHowMuchToThink(
            String provider,
            String id,
            String efforts,
            Long min,
            Long max,
            Boolean always,
            Boolean decides) {
        ModelFacts facts = facts(provider, id);
        assertThat(facts.efforts()).isEqualTo(Splits.at(efforts, ' '));
        assertThat(facts.budgetMin().orElse(null)).isEqualTo(min);
        assertThat(facts.budgetMax().orElse(null)).isEqualTo(max);
        assertThat(facts.thinksAlways().orElse(null)).isEqualTo(always);
        assertThat(facts.decides().orElse(null)).isEqualTo(decides);
        assertThat(facts.reasons()).contains(true);
    }

    @Test
    void anOfferTellsOnlyWhatDiffersFromTheModel() {
        ModelFacts bedrock = facts("amazon-bedrock", "anthropic.claude-sonnet-4-6");
        assertThat(bedrock.structured()).contains(true);
        assertThat(bedrock.reasons()).contains(true);
        assertThat(bedrock.maxOutput()).contains(64_000L);
    }

    @Test
    void knowsWhichThinkingModelsTakeNoSampling() {
        assertThat(facts("openai", "gpt-5").sampled()).contains(false);
        assertThat(facts("openai", "gpt-5.2").thinksUnasked()).contains(false);
        assertThat(facts("google", "gemini-2.5-pro").sampled()).contains(true);
        assertThat(facts("anthropic", "claude-opus-4-8").sampled()).contains(false);
    }

    @Test
    void everyOfferCanBeReadAndEveryRowIsAboutAModel() {
        for (Provider provider : catalogue.providers()) {
            for (Offer offer : catalogue.shelf(provider.id()).offers()) {
                ModelFacts facts = OfferFacts.of(offer, catalogue);
                assertThat(facts.budgetMin().orElse(1L)).as(offer.id()).isPositive();
                assertThat(facts.budgetMax().orElse(1L)).as(offer.id()).isPositive();
            }
        }
        Table.read(
                "thinking.tsv",
                3,
                row -> {
                    assertThat(catalogue.models().all())
                            .as(row.getFirst())
                            .anyMatch(model -> model.id().startsWith(row.getFirst()));
                    List<String> words = Splits.at(row.get(1), ' ');
                    assertThat(WORDS).as(row.getFirst()).containsAll(words);
                    assertThat(row.get(2)).isNotBlank();
                });
    }
}
