package io.fairlead.gateway.config;

import io.fairlead.kernel.Secret;

/**
 * What several nodes share. Immutable.
 *
 * @param redis {@code redis://…} or {@code rediss://…}; secret because it may hold a password
 */
public record ClusterConfig(Secret redis) {}
