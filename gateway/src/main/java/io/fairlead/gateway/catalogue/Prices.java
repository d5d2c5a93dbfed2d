package io.fairlead.gateway.catalogue;

import io.fairlead.gateway.config.PriceConfig;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes {@link Price}s of the catalogue's text and of the configuration. Stateless. */
final class Prices {
    private Prices() {}

    /**
     * Reads {@code 2.5/10 cache_read=1.25 >200000 5/15 cache_read=2.5}: input and output, other
     * kinds, then the same above a number of input tokens.
     */
    static Price parse(String text) {
        List<String> sections = Splits.at(text, '>');
        List<Price.Tier> tiers = new ArrayList<>();
        for (String section : sections.subList(1, sections.size())) {
            int space = section.indexOf(' ');
            tiers.add(
                    new Price.Tier(
                            Long.parseLong(section.substring(0, space)),
                            rates(section.substring(space + 1))));
        }
        return new Price(rates(sections.getFirst()), tiers);
    }

    private static Price.Rates rates(String text) {
        BigDecimal input = BigDecimal.ZERO;
        BigDecimal output = BigDecimal.ZERO;
        Map<String, BigDecimal> others = new HashMap<>();
        for (String part : Splits.at(text.strip(), ' ')) {
            int slash = part.indexOf('/');
            int equals = part.indexOf('=');
            if (slash > 0) {
                input = new BigDecimal(part.substring(0, slash));
                output = new BigDecimal(part.substring(slash + 1));
            } else if (equals > 0) {
                others.put(part.substring(0, equals), new BigDecimal(part.substring(equals + 1)));
            } else {
                throw new IllegalArgumentException(
                        "price: " + text + " (expected: input/output and name=rate)");
            }
        }
        return new Price.Rates(
                input,
                output,
                Optional.ofNullable(others.get("cache_read")),
                Optional.ofNullable(others.get("cache_write")),
                Optional.ofNullable(others.get("reasoning")),
                Optional.ofNullable(others.get("audio_in")),
                Optional.ofNullable(others.get("audio_out")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Price of(PriceConfig config) {
        return new Price(
                rates(config.rates()),
                config.tiers().stream()
                        .map(tier -> new Price.Tier(tier.over(), rates(tier.rates())))
                        .toList());
    }

    private static Price.Rates rates(PriceConfig.Rates rates) {
        return new Price.Rates(
                rates.input(),
                rates.output(),
                rates.cacheRead(),
                rates.cacheWrite(),
                rates.reasoning(),
                rates.audioInput(),
                rates.audioOutput(),
                rates.imageInput(),
                rates.imageOutput(),
                rates.request());
    }
}
