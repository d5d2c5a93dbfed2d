package io.fairlead.protocol.service;

import io.fairlead.protocol.codec.ProviderRequest;

import java.util.List;

/**
 * A request in a provider's form, and what of the client's it does not say. Immutable.
 *
 * @param dropped the client's parameters that were left out harmlessly
 */
public record Told(ProviderRequest request, List<String> dropped) {
    public Told {
        dropped = List.copyOf(dropped);
    }
}
