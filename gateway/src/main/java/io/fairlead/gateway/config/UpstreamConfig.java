package io.fairlead.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Connections to providers. Immutable.
 *
 * @param maxConnections open connections to one provider
 * @param maxWaiting requests that may wait for a connection to one provider
 * @param keepAlive how long an unused connection stays open
 * @param maxAnswer largest answer that is not streamed
 * @param ca certificate authorities to trust besides those of this machine, PEM
 */
public record UpstreamConfig(
        int maxConnections,
        int maxWaiting,
        Duration keepAlive,
        DataSize maxAnswer,
        Optional<Path> ca) {
    public static final UpstreamConfig DEFAULT =
            new UpstreamConfig(
                    4_096,
                    4_096,
                    Duration.ofSeconds(60),
                    DataSize.ofMegabytes(100),
                    Optional.empty());
}
