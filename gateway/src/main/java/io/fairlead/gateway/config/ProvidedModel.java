package io.fairlead.gateway.config;

import io.fairlead.kernel.Protocol;

import java.util.Optional;

/**
 * A model of a provider, as the operator declares it. Immutable.
 *
 * @param id the id that is sent to the provider
 * @param price replaces the catalogue's price
 * @param protocol what the provider speaks for this model
 * @param contextTokens size of the context window
 * @param maxOutputTokens longest answer
 */
public record ProvidedModel(
        String id,
        Optional<PriceConfig> price,
        Optional<Protocol> protocol,
        Optional<Long> contextTokens,
        Optional<Long> maxOutputTokens) {}
