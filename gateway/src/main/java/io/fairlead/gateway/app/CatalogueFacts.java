package io.fairlead.gateway.app;

import io.fairlead.gateway.catalogue.Catalogue;
import io.fairlead.gateway.config.CatalogueNames;
import io.fairlead.gateway.config.KnownProvider;

/** Hands the reader of the configuration what it must know of the catalogue. Stateless. */
public final class CatalogueFacts {
    private CatalogueFacts() {}

    public static CatalogueNames of(Catalogue catalogue) {
        return new CatalogueNames(
                catalogue.providers().stream()
                        .map(provider ->
                                KnownProvider.of(
                                        provider.id(),
                                        provider.auth(),
                                        provider.env(),
                                        provider.baseUrl()))
                        .toList(),
                name ->
                        catalogue.models().model(name).isPresent()
                                || !catalogue.models().withBareId(name).isEmpty());
    }
}
