package io.fairlead.gateway.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the catalogue knows, as far as reading a configuration needs it. Immutable.
 *
 * @param providers every known provider
 * @param models whether a name is that of a known model: canonical, or bare
 */
public record CatalogueNames(List<KnownProvider> providers, Predicate<String> models) {
    /** No catalogue. */
    public static final CatalogueNames NONE = new CatalogueNames(List.of(), _ -> false);

    public CatalogueNames {
        providers = List.copyOf(providers);
    }

    Optional<KnownProvider> provider(String id) {
        return providers.stream().filter(p -> p.id().equals(id)).findFirst();
    }

    List<String> ids() {
        return providers.stream().map(KnownProvider::id).toList();
    }
}
