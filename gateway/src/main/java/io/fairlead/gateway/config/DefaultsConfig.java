package io.fairlead.gateway.config;

import java.time.Duration;

/**
 * How hard a deployment is tried when no target, model name or provider says so. Immutable.
 *
 * @param retries further attempts after a fault worth retrying
 * @param breaker whether a deployment that keeps failing is left out for a time
 * @param connect longest wait for a connection
 * @param firstToken longest wait for the first output token
 * @param idle longest silence between two pieces of an answer
 * @param total longest time for the whole request, all attempts included
 */
public record DefaultsConfig(
        int retries,
        boolean breaker,
        Duration connect,
        Duration firstToken,
        Duration idle,
        Duration total) {
    public static final DefaultsConfig DEFAULT =
            new DefaultsConfig(
                    2,
                    true,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(10));
}
