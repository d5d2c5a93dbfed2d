package io.fairlead.gateway.upstream;

import java.time.Duration;

/**
 * Bounds of the connections of one event loop to one provider. Immutable.
 *
 * @param connections open connections
 * @param waiting requests that may wait for one
 * @param keepAlive how long an unused connection stays open
 * @param lifetime how long any connection is used, so that changes of DNS are followed
 */
public record PoolLimits(int connections, int waiting, Duration keepAlive, Duration lifetime) {
    public static final PoolLimits DEFAULT =
            new PoolLimits(4_096, 4_096, Duration.ofSeconds(60), Duration.ofMinutes(10));
}
