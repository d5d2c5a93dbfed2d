package io.fairlead.gateway.cloud;

import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.config.ProviderConfig;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import javax.net.ssl.SSLContext;

/**
 * The operator's credentials at clouds, for one configuration after the other. Nothing is asked for
 * before a request needs it. Thread-safe.
 */
public final class Clouds {
    private final Map<String, String> environment;
    private final TokenServer server;
    private volatile Map<String, Entry> entries = Map.of();

    /** How one provider may be asked; each is made at its first request. */
    private static final class Entry {
        private final ProviderConfig config;
        private final Map<String, String> environment;
        private final TokenServer server;
        private @Nullable CloudCredential aws;
        private @Nullable CloudCredential google;
        private @Nullable CloudCredential entra;

        Entry(ProviderConfig config, Map<String, String> environment, TokenServer server) {
            this.config = config;
            this.environment = environment;
            this.server = server;
        }

        synchronized CloudCredential aws() {
            if (aws == null) {
                aws = credential("credentials of AWS", this::awsSource);
            }
            return aws;
        }

        private GrantSource awsSource(String who) {
            var region = config.region().or(() -> AwsRegion.of(environment));
            return config.aws()
                    .<GrantSource>map(pair ->
                            () ->
                                    new Grant.AwsKeys(
                                            pair.accessKeyId(),
                                            pair.secretAccessKey(),
                                            pair.sessionToken(),
                                            region,
                                            Instant.MAX))
                    .orElseGet(() -> new AwsSource(who, region, environment, server));
        }

        synchronized CloudCredential google() {
            if (google == null) {
                google = credential("token of Google Cloud", this::googleSource);
            }
            return google;
        }

        private GrantSource googleSource(String who) {
            return new GoogleSource(
                    who,
                    config.vertex().flatMap(ProviderConfig.Vertex::credentials),
                    environment,
                    server);
        }

        synchronized CloudCredential entra() {
            if (entra == null) {
                entra = credential("token of Microsoft Entra", this::entraSource);
            }
            return entra;
        }

        private GrantSource entraSource(String who) {
            return config.azure()
                    .flatMap(ProviderConfig.Azure::entra)
                    .<GrantSource>map(it -> new EntraSource(who, it, environment, server))
                    .orElse(nothing(who));
        }

        private CloudCredential credential(String what, Function<String, GrantSource> source) {
            String who = "provider " + config.id() + ", " + what;
            return new CloudCredential(who, source.apply(who), server.clock());
        }
    }

    /**
     * @param environment the variables that the clouds' own tools read
     * @param tls says which servers are believed; absent: the system does
     */
    public Clouds(
            GatewayConfig config,
            Map<String, String> environment,
            InstantSource clock,
            Optional<SSLContext> tls) {
        this.environment = environment;
        this.server = new TokenServer(clock, tls);
        apply(config);
    }

    /** A provider whose configuration did not change keeps what it was lent. */
    public void apply(GatewayConfig config) {
        Map<String, Entry> now = new HashMap<>();
        for (ProviderConfig provider : config.providers().values()) {
            Entry before = entries.get(provider.id());
            now.put(
                    provider.id(),
                    before != null && before.config.equals(provider)
                            ? before
                            : new Entry(provider, environment, server));
        }
        entries = now;
    }

    public Instant now() {
        return server.clock().instant();
    }

    /** Keys to sign requests to this provider with. */
    public CloudCredential aws(String provider) {
        Entry entry = entries.get(provider);
        return entry == null ? gone(provider) : entry.aws();
    }

    /** A token of Google's for this provider. */
    public CloudCredential google(String provider) {
        Entry entry = entries.get(provider);
        return entry == null ? gone(provider) : entry.google();
    }

    /** A token of Microsoft's for this provider. */
    public CloudCredential entra(String provider) {
        Entry entry = entries.get(provider);
        return entry == null ? gone(provider) : entry.entra();
    }

    /** A request that began before the configuration changed. */
    private CloudCredential gone(String provider) {
        String who = "provider " + provider;
        return new CloudCredential(who, nothing(who), server.clock());
    }

    private static GrantSource nothing(String who) {
        return () -> {
            throw CloudException.refused(who + ": nothing to ask for a token with");
        };
    }
}
