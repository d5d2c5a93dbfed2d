package io.fairlead.gateway.media;

import io.fairlead.gateway.config.MediaConfig;
import io.fairlead.gateway.config.MediaConfig.Fetch;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * From where media may be fetched, and how much. Immutable.
 *
 * @param from whether at all
 * @param hosts the listed ones: names or addresses, with a port if only that one is meant; the
 *     operator may list any, and all their addresses count as allowed
 * @param maxBytes largest file
 * @param timeout longest time for one file, waiting and redirects included
 */
public record MediaRules(From from, List<String> hosts, long maxBytes, Duration timeout) {
    /** From where. */
    public enum From {
        NOWHERE,
        PUBLIC_HOSTS,
        LISTED_HOSTS
    }

    public static final MediaRules DEFAULT = of(MediaConfig.DEFAULT);

    public MediaRules {
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    public static MediaRules of(MediaConfig config) {
        From from = From.PUBLIC_HOSTS;
        List<String> hosts = List.of();
        // not a switch over the types: the JVM makes a class for each of those at each start
        if (config.fetch() instanceof Fetch.Off) {
            from = From.NOWHERE;
        } else if (config.fetch() instanceof Fetch.Hosts listed) {
            from = From.LISTED_HOSTS;
            hosts = listed.hosts();
        }
        return new MediaRules(from, hosts, config.maxSize().bytes(), config.timeout());
    }

    /** Refuses an address for what it says, before anybody is asked. */
    void check(WebAddress address) throws Refusal {
        switch (from) {
            case NOWHERE ->
                    throw new Refusal(
                            "this provider takes no URLs here, and the gateway fetches none"
                                    + " (media.fetch is off; send the bytes)");
            case PUBLIC_HOSTS -> {
                if (address.port() != 80 && address.port() != 443) {
                    throw new Refusal("its port is not one that is fetched from (80, 443)");
                }
            }
            case LISTED_HOSTS -> {
                if (!hosts.contains(address.host())
                        && !hosts.contains(address.host() + ":" + address.port())) {
                    throw new Refusal("its host is not among those that media are fetched from");
                }
            }
        }
    }

    /** Whether the host's addresses must be public. */
    boolean onlyPublic() {
        return from != From.LISTED_HOSTS;
    }
}
