package io.fairlead.gateway.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the file may say about prices. Immutable. */
final class PriceShapes {
    private static final Key<BigDecimal> INPUT =
            Key.required("input", Kinds.DECIMAL, "Input tokens.");
    private static final Key<Optional<BigDecimal>> OUTPUT =
            rate("output", "Output tokens. Default: 0.");
    private static final Key<Optional<BigDecimal>> CACHE_READ =
            rate("cache_read", "Input read from the provider's cache. Default: as input.");
    private static final Key<Optional<BigDecimal>> CACHE_WRITE =
            rate("cache_write", "Input written to the provider's cache. Default: as input.");
    private static final Key<Optional<BigDecimal>> REASONING =
            rate("reasoning", "Reasoning tokens. Default: as output.");
    private static final Key<Optional<BigDecimal>> AUDIO_IN =
            rate("audio_in", "Audio input tokens. Default: as input.");
    private static final Key<Optional<BigDecimal>> AUDIO_OUT =
            rate("audio_out", "Audio output tokens. Default: as output.");
    private static final Key<Optional<BigDecimal>> IMAGE_IN =
            rate("image_in", "Image input tokens. Default: as input.");
    private static final Key<Optional<BigDecimal>> IMAGE_OUT =
            rate("image_out", "Image output tokens. Default: as output.");
    private static final Key<Optional<BigDecimal>> REQUEST =
            rate("request", "A fixed amount in USD for every request.");
    private static final List<Key<?>> RATES =
            List.of(
                    INPUT,
                    OUTPUT,
                    CACHE_READ,
                    CACHE_WRITE,
                    REASONING,
                    AUDIO_IN,
                    AUDIO_OUT,
                    IMAGE_IN,
                    IMAGE_OUT,
                    REQUEST);

    private static final Key<Long> OVER =
            Key.required("over", Kinds.count(), "Counts for requests with more input tokens.");
    private static final Shape<PriceConfig.Tier> TIER =
            Shape.of(
                    "price-tier",
                    "Other rates for the whole of a request with a long prompt.",
                    f -> new PriceConfig.Tier(f.get(OVER), rates(f)),
                    with(List.of(OVER), RATES));

    private static final Key<List<PriceConfig.Tier>> TIERS =
            Key.list("tiers", TIER, "Other rates for long prompts.");

    static final Shape<PriceConfig> PRICE =
            Shape.of(
                    "price",
                    "USD for 1,000,000 tokens.",
                    f -> new PriceConfig(rates(f), f.get(TIERS)),
                    with(RATES, List.of(TIERS)));

    private static final Key<PricingConfig.Unknown> UNKNOWN =
            Key.orElse(
                    "unknown",
                    new FormKind<>(
                            Kinds.choice(
                                    "refuse",
                                    Map.of("refuse", new PricingConfig.Unknown.Refused())),
                            PRICE.as(PricingConfig.Unknown.Charged::new)),
                    PricingConfig.DEFAULT.unknown(),
                    "What happens to a model without a known price: refuse, or a price to charge."
                            + " Default: it is served and recorded as unpriced.");
    private static final Key<Map<String, PriceConfig>> MODELS =
            Key.map(
                    "models",
                    MapKind.of("<provider/model>", Kinds.NAME, PRICE),
                    "Prices that replace the catalogue's, by provider/model-id.");

    static final Shape<PricingConfig> PRICING =
            Shape.of(
                    "pricing",
                    "Prices.",
                    f -> new PricingConfig(f.get(UNKNOWN), f.get(MODELS)),
                    List.of(UNKNOWN, MODELS));

    private PriceShapes() {}

    private static PriceConfig.Rates rates(Fields f) {
        return new PriceConfig.Rates(
                f.get(INPUT),
                f.get(OUTPUT).orElse(BigDecimal.ZERO),
                f.get(CACHE_READ),
                f.get(CACHE_WRITE),
                f.get(REASONING),
                f.get(AUDIO_IN),
                f.get(AUDIO_OUT),
                f.get(IMAGE_IN),
                f.get(IMAGE_OUT),
                f.get(REQUEST));
    }

    private static Key<Optional<BigDecimal>> rate(String name, String doc) {
        return Key.optional(name, Kinds.DECIMAL, doc);
    }

    private static List<Key<?>> with(List<Key<?>> first, List<Key<?>> second) {
        List<Key<?>> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
