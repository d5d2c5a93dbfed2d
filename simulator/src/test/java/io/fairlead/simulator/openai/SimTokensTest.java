package io.fairlead.simulator.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

class SimTokensTest {

    @Test
    void splitsAsDocumented() {
        assertThat(SimTokens.split("Hello  wide world, 12345!\n"))
                .containsExactly(
                        "Hell", "o", " ", " wide", " worl", "d", ",", " 1234", "5", "!", "\n");
        assertThat(SimTokens.split("a\uD83D\uDE00b "))
                .containsExactly("a", "\uD83D\uDE00", "b", " ");
        assertThat(SimTokens.split("")).isEmpty();
    }

    @Test
    void tokensPutTogetherAreTheTextAndAreCounted() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(40); j > 0; j--) {
                text.append("ab1 ,\n\u00e9\uD83D\uDE00".charAt(random.nextInt(9)));
            }
            List<String> tokens = SimTokens.split(text.toString());
            assertThat(String.join("", tokens))
                    .as("seed 11, round %d", i)
                    .isEqualTo(text.toString());
            assertThat(SimTokens.count(text)).isEqualTo(tokens.size());
        }
    }

    @Test
    void fillerHasExactlySoManyTokens() {
        for (int tokens = 0; tokens < 300; tokens++) {
            assertThat(SimTokens.count(Lorem.text(tokens))).isEqualTo(tokens);
        }
    }

    @Test
    void latenciesHaveTheirDistribution() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        assertThat(Latency.parse("20ms").sample(random)).isEqualTo(Duration.ofMillis(20));
        assertThat(Latency.parse("1.5s").sample(random)).isEqualTo(Duration.ofMillis(1_500));
        int below = 0;
        for (int i = 0; i < 1_000; i++) {
            assertThat(Latency.parse("10ms..50ms").sample(random).toMillis()).isBetween(10L, 50L);
            below += Latency.parse("20ms~0.5").sample(random).toMillis() < 20 ? 1 : 0;
        }
        assertThat(below).isBetween(430, 570);
        assertThatThrownBy(() -> Latency.parse("5ms..1ms")).hasMessageContaining("more than");
    }

    @Test
    void theSchemasSeeABrokenAnswer() {
        assertThat(OpenAiSchemas.problems("CreateChatCompletionResponse", "{\"id\":1}"))
                .isNotEmpty();
    }
}
