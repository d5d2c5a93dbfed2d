package io.fairlead.gateway.catalogue;

import io.fairlead.kernel.Money;
import io.fairlead.kernel.Usage;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a model costs at one provider: USD for 1,000,000 tokens of each kind. A kind without its own
 * price is charged as plain input or output. {@link #of(Usage)} is exact. Immutable.
 *
 * @param rates the base rates
 * @param tiers other rates for long prompts; the highest tier whose {@code over} is exceeded by the
 *     input tokens applies to the whole request
 */
public record Price(Rates rates, List<Tier> tiers) {

    /**
     * USD for 1,000,000 tokens.
     *
     * @param input plain input
     * @param output plain output
     * @param cacheRead cached input; absent: as {@code input}
     * @param cacheWrite input written to the cache; absent: as {@code input}
     * @param reasoning reasoning output; absent: as {@code output}
     * @param audioInput audio input; absent: as {@code input}
     * @param audioOutput audio output; absent: as {@code output}
     * @param imageInput image input tokens; absent: as {@code input}
     * @param imageOutput image output tokens; absent: as {@code output}
     * @param request a fixed amount in USD for every request, or each that the provider counts
     */
    public record Rates(
            BigDecimal input,
            BigDecimal output,
            Optional<BigDecimal> cacheRead,
            Optional<BigDecimal> cacheWrite,
            Optional<BigDecimal> reasoning,
            Optional<BigDecimal> audioInput,
            Optional<BigDecimal> audioOutput,
            Optional<BigDecimal> imageInput,
            Optional<BigDecimal> imageOutput,
            Optional<BigDecimal> request) {

        /** Rates with nothing but plain input and output. */
        public static Rates of(String input, String output) {
            Optional<BigDecimal> none = Optional.empty();
            return new Rates(
                    new BigDecimal(input),
                    new BigDecimal(output),
                    none,
                    none,
                    none,
                    none,
                    none,
                    none,
                    none,
                    none);
        }
    }

    /** Other rates above a number of input tokens. */
    public record Tier(long over, Rates rates) {}

    public Price {
        tiers = tiers.stream().sorted(Comparator.comparingLong(Tier::over)).toList();
    }

    /** A price with nothing but plain input and output, in USD for 1,000,000 tokens. */
    public static Price of(String input, String output) {
        return new Price(Rates.of(input, output), List.of());
    }

    /** The exact price of {@code usage}. */
    public Money of(Usage usage) {
        Rates applied = rates;
        for (Tier tier : tiers) {
            if (usage.inputTokens() > tier.over()) {
                applied = tier.rates();
            }
        }
        return new Money(Charge.of(usage, applied));
    }
}
