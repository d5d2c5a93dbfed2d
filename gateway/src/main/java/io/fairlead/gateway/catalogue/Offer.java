package io.fairlead.gateway.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * A model as one provider of the catalogue sells it. Immutable.
 *
 * @param provider the provider's id in the catalogue
 * @param id what to send to the provider
 * @param model the canonical model's id, {@code maker/name}
 * @param priceText the price as the catalogue writes it; empty: not known
 * @param factsText what else is known, as the catalogue writes it
 */
public record Offer(String provider, String id, String model, String priceText, String factsText) {

    /**
     * The price to charge; absent where none is known, and where the one that is known looks wrong.
     */
    public Optional<Price> price() {
        return priceText.isEmpty() || suspect()
                ? Optional.empty()
                : Optional.of(Prices.parse(priceText));
    }

    /** The plain service of a model that is still sold: what others may fail over to unasked. */
    public boolean plain() {
        return !factsText.contains("variant=") && !deprecated();
    }

    public boolean deprecated() {
        return factsText.contains("status=deprecated");
    }

    /** Whether its price looks wrong. */
    public boolean suspect() {
        return factsText.contains("price_suspect=");
    }

    /** Whether it is another name of a plainer offer: a dated snapshot or one region. */
    public boolean special() {
        return factsText.contains("snapshot=") || factsText.contains("region=");
    }

    /**
     * Why it costs nothing by the token: {@code plan}, {@code trial}, {@code local}, {@code tier}.
     */
    public Optional<String> free() {
        return fact("free");
    }

    /** The protocol, if it differs from its provider's. */
    public Optional<String> protocolName() {
        return fact("protocol");
    }

    /** The base URL, if it differs from its provider's. */
    public Optional<String> baseUrl() {
        return fact("base_url");
    }

    /** Any fact by its name in the catalogue. */
    public Optional<String> fact(String name) {
        return factsText.contains(name + "=")
                ? Facts.parse(factsText).text(name)
                : Optional.empty();
    }

    /** What differs from the model: {@code tools}, or {@code -tools} where it can't. */
    public List<String> capabilities() {
        return Facts.parse(factsText).list("caps");
    }
}
