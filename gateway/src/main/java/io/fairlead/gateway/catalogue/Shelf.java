package io.fairlead.gateway.catalogue;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything one provider sells. Immutable. */
public final class Shelf {
    static final Shelf EMPTY = new Shelf(Map.of());

    private final Map<String, Offer> byId;
    private final Map<String, Offer> byModel;

    private Shelf(Map<String, Offer> byId) {
        this.byId = Collections.unmodifiableMap(byId);
        Map<String, Offer> best = HashMap.newHashMap(byId.size());
        for (Offer offer : byId.values()) {
            if (offer.plain()) {
                best.merge(offer.model(), offer, Shelf::plainer);
            }
        }
        this.byModel = best;
    }

    static Shelf read(String provider) {
        Map<String, Offer> offers = new LinkedHashMap<>();
        Table.read(
                "offers/" + provider + ".tsv",
                4,
                row ->
                        offers.put(
                                row.get(0),
                                new Offer(
                                        provider, row.get(0), row.get(1), row.get(2), row.get(3))));
        return new Shelf(offers);
    }

    private static Offer plainer(Offer first, Offer second) {
        if (first.special() != second.special()) {
            return first.special() ? second : first;
        }
        return second.id().length() < first.id().length() ? second : first;
    }

    public Optional<Offer> offer(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * The plain offer of a canonical model: no variant, not deprecated, and where there are
     * several, no dated snapshot and no region.
     */
    public Optional<Offer> plainOfferOf(String model) {
        return Optional.ofNullable(byModel.get(model));
    }

    /** Every offer, by id in alphabetical order. */
    public Collection<Offer> offers() {
        return byId.values();
    }

    /** Every canonical model that has a plain offer here. */
    public List<String> models() {
        return List.copyOf(byModel.keySet());
    }
}
