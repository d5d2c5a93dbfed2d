package io.fairlead.gateway.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A price of the operator's own, in USD for 1,000,000 tokens. A kind without its own price is
 * charged as plain input or output. Immutable.
 *
 * @param rates the base rates
 * @param tiers other rates for long prompts
 */
public record PriceConfig(Rates rates, List<Tier> tiers) {

    /**
     * USD for 1,000,000 tokens of each kind.
     *
     * @param request a fixed amount in USD for every request
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
            Optional<BigDecimal> request) {}

    /** Rates for requests with more than {@code over} input tokens. */
    public record Tier(long over, Rates rates) {}

    public PriceConfig {
        tiers = List.copyOf(tiers);
    }
}
