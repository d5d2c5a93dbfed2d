package io.fairlead.gateway.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The whole configuration, checked: everything in it may be relied on. Maps keep the order of the
 * file. Immutable.
 *
 * @param server the client-facing side
 * @param storage where records are kept
 * @param cluster what several nodes share; absent: one node
 * @param providers every provider that is on, by its id: those of the file, those found in the
 *     environment, and {@code sim}
 * @param providersOff ids that the file switches off
 * @param models names of the operator's own, by name
 * @param keys declared virtual keys
 * @param teams declared teams
 * @param defaults how hard a deployment is tried when nothing nearer says so
 * @param pricing prices of the operator's own, and what happens without a price
 * @param media fetching of media that a request names by URL
 * @param stream how streams start
 * @param upstream connections to providers
 * @param log what is logged
 */
public record GatewayConfig(
        ServerConfig server,
        StorageConfig storage,
        Optional<ClusterConfig> cluster,
        Map<String, ProviderConfig> providers,
        Set<String> providersOff,
        Map<String, ModelRoute> models,
        List<KeyConfig> keys,
        List<TeamConfig> teams,
        DefaultsConfig defaults,
        PricingConfig pricing,
        MediaConfig media,
        StreamConfig stream,
        UpstreamConfig upstream,
        LogConfig log) {

    public GatewayConfig {
        providers = InOrder.copyOf(providers);
        providersOff = Set.copyOf(providersOff);
        models = InOrder.copyOf(models);
        keys = List.copyOf(keys);
        teams = List.copyOf(teams);
    }

    /** Everything at its default: no provider, no key. */
    public static final GatewayConfig DEFAULT =
            new GatewayConfig(
                    ServerConfig.DEFAULT,
                    StorageConfig.DEFAULT,
                    Optional.empty(),
                    Map.of(),
                    Set.of(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    DefaultsConfig.DEFAULT,
                    PricingConfig.DEFAULT,
                    MediaConfig.DEFAULT,
                    StreamConfig.DEFAULT,
                    UpstreamConfig.DEFAULT,
                    LogConfig.DEFAULT);

    public GatewayConfig withServer(ServerConfig newServer) {
        return new GatewayConfig(
                newServer,
                storage,
                cluster,
                providers,
                providersOff,
                models,
                keys,
                teams,
                defaults,
                pricing,
                media,
                stream,
                upstream,
                log);
    }

    public GatewayConfig withProviders(Map<String, ProviderConfig> newProviders) {
        return new GatewayConfig(
                server,
                storage,
                cluster,
                newProviders,
                providersOff,
                models,
                keys,
                teams,
                defaults,
                pricing,
                media,
                stream,
                upstream,
                log);
    }

    public GatewayConfig withKeys(List<KeyConfig> newKeys) {
        return new GatewayConfig(
                server,
                storage,
                cluster,
                providers,
                providersOff,
                models,
                newKeys,
                teams,
                defaults,
                pricing,
                media,
                stream,
                upstream,
                log);
    }
}
