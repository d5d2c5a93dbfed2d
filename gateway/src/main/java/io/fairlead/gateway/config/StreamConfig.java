package io.fairlead.gateway.config;

import java.time.Duration;

/**
 * How streams start. Immutable.
 *
 * @param hold longest wait of the status for the first output token; then {@code 200} goes out with
 *     comments as keep-alive
 */
public record StreamConfig(Duration hold) {
    public static final StreamConfig DEFAULT = new StreamConfig(Duration.ofSeconds(30));
}
