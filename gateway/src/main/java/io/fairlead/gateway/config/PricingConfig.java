package io.fairlead.gateway.config;

import java.util.Map;

/**
 * Prices of the operator's own, and what happens to a model without a price. Immutable.
 *
 * @param unknown what happens to a model without a price
 * @param models prices that replace the catalogue's, by {@code provider/model-id}
 */
public record PricingConfig(Unknown unknown, Map<String, PriceConfig> models) {

    /** What happens to a model without a price. */
    public sealed interface Unknown {
        /** It is served and recorded as unpriced. */
        record Unpriced() implements Unknown {}

        /** It is refused. */
        record Refused() implements Unknown {}

        /** It is charged at {@code price}. */
        record Charged(PriceConfig price) implements Unknown {}
    }

    public static final PricingConfig DEFAULT = new PricingConfig(new Unknown.Unpriced(), Map.of());

    public PricingConfig {
        models = InOrder.copyOf(models);
    }
}
