package io.fairlead.gateway.config;

import java.time.Duration;
import java.util.List;

/**
 * Fetching of media that a request names by URL, for providers that take no URLs. Immutable.
 *
 * @param fetch from where
 * @param maxSize largest file
 * @param timeout longest time for one file
 */
public record MediaConfig(Fetch fetch, DataSize maxSize, Duration timeout) {

    /** From where media may be fetched. */
    public sealed interface Fetch {
        /** Public internet addresses only. */
        record Public() implements Fetch {}

        /** Not at all. */
        record Off() implements Fetch {}

        /** These hosts only. */
        record Hosts(List<String> hosts) implements Fetch {
            public Hosts {
                hosts = List.copyOf(hosts);
            }
        }
    }

    public static final MediaConfig DEFAULT =
            new MediaConfig(new Fetch.Public(), DataSize.ofMegabytes(20), Duration.ofSeconds(10));
}
