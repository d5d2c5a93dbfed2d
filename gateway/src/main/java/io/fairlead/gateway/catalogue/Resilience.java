package io.fairlead.gateway.catalogue;

import java.time.Duration;

/**
 * How hard one deployment is tried; merged from target, model name, provider and {@code defaults},
 * the nearest wins. Immutable.
 *
 * @param retries further attempts at the same deployment after a fault worth retrying; 0 switches
 *     retrying off
 * @param breaker whether a deployment that keeps failing is left out for a time
 * @param connect how long to wait for a connection
 * @param firstToken how long to wait for the first output token (streamed) or the answer's head
 *     (unary)
 * @param idle longest silence between two pieces of an answer
 * @param total longest time for the whole request, all attempts included
 */
public record Resilience(
        int retries,
        boolean breaker,
        Duration connect,
        Duration firstToken,
        Duration idle,
        Duration total) {
    public static final Resilience DEFAULT =
            new Resilience(
                    2,
                    true,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(10));

    /** The same deadlines, and no second attempt. */
    Resilience withoutRetries() {
        return new Resilience(0, false, connect, firstToken, idle, total);
    }
}
