package io.fairlead.gateway.catalogue;

import io.fairlead.kernel.Secret;

/**
 * One credential of a provider. Immutable.
 *
 * @param id what logs and records call it, for example {@code openai#1}; never the secret or a part
 *     of it
 * @param secret the credential; goes on the wire only
 * @param weight share of requests among the keys of a provider, 1 or more
 */
public record ProviderKey(String id, Secret secret, int weight) {}
