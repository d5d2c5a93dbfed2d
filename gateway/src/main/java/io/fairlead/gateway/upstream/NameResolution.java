package io.fairlead.gateway.upstream;

import io.vertx.core.dns.AddressResolverOptions;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How the names of providers become addresses: each new connection asks anew once what DNS said has
 * expired, and a name with several addresses gets its connections spread over them. Stateless.
 */
public final class NameResolution {
    /** No answer is believed for longer, whatever it says of itself. */
    private static final Duration LONGEST_TRUST = Duration.ofMinutes(1);

    /** The hosts file is read again; containers get their neighbours' addresses there. */
    private static final Duration HOSTS_REFRESH = Duration.ofSeconds(10);

    private NameResolution() {}

    public static AddressResolverOptions options() {
        return new AddressResolverOptions()
                .setCacheMaxTimeToLive((int) LONGEST_TRUST.toSeconds())
                .setHostsRefreshPeriod((int) HOSTS_REFRESH.toMillis())
                .setHostsRefreshPeriodUnit(TimeUnit.MILLISECONDS)
                .setRoundRobinInetAddress(true);
    }
}
