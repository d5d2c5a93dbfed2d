package io.fairlead.gateway.catalogue;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Service;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The built-in catalogue: who sells which model, under which id, at which price, over which
 * protocol. Only the list of providers is read at once; the offers of a provider and the canonical
 * models are read when first asked for. Look-ups take constant time. Immutable to its users; safe
 * for any number of threads.
 */
public final class Catalogue {
    /** Facts from elsewhere, and templates of our own for those that are missing there. */
    private static final List<String> FILES = List.of("providers.tsv", "templates.tsv");

    private final Map<String, Provider> providers;
    private final ConcurrentMap<String, Shelf> shelves = new ConcurrentHashMap<>();
    private volatile Optional<Models> models = Optional.empty();

    private Catalogue(Map<String, Provider> providers) {
        this.providers = Collections.unmodifiableMap(providers);
    }

    /** The catalogue that this release was built with. */
    public static Catalogue builtIn() {
        Map<String, Provider> providers = new TreeMap<>();
        Map<String, Quirks> quirks = ProviderRows.quirks();
        Map<String, Map<Service, Dialect>> services = ProviderRows.services();
        for (String file : FILES) {
            Table.read(
                    file,
                    ProviderRows.COLUMNS,
                    row -> {
                        Provider provider =
                                ProviderRows.provider(
                                        row,
                                        services.getOrDefault(row.getFirst(), Map.of()),
                                        quirks.getOrDefault(row.getFirst(), Quirks.NONE));
                        providers.put(provider.id(), provider);
                    });
        }
        return new Catalogue(new LinkedHashMap<>(providers));
    }

    /** Every provider, by id in alphabetical order. */
    public Collection<Provider> providers() {
        return providers.values();
    }

    public Optional<Provider> provider(String id) {
        return Optional.ofNullable(providers.get(id));
    }

    /** Everything a provider sells; nothing for a provider the catalogue does not know. */
    public Shelf shelf(String provider) {
        Shelf known = shelves.get(provider);
        return known != null
                ? known
                : providers.containsKey(provider)
                        ? shelves.computeIfAbsent(provider, Shelf::read)
                        : Shelf.EMPTY;
    }

    /** What a provider sells under {@code id}. */
    public Optional<Offer> offer(String provider, String id) {
        return shelf(provider).offer(id);
    }

    /** The canonical models. */
    public Models models() {
        Optional<Models> known = models;
        if (known.isEmpty()) {
            known = Optional.of(Models.read());
            models = known;
        }
        return known.get();
    }
}
