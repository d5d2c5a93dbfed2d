package io.fairlead.gateway.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the file may say: the whole of it. Immutable. */
final class RootShape {
    private static final Key<ServerConfig> SERVER =
            Key.orElse(
                    "server", ServerShapes.SERVER, ServerConfig.DEFAULT, "The client-facing side.");
    private static final Key<StorageConfig> STORAGE =
            Key.orElse(
                    "storage",
                    SystemShapes.STORAGE,
                    StorageConfig.DEFAULT,
                    "Where records are kept.");
    private static final Key<Optional<ClusterConfig>> CLUSTER =
            Key.optional(
                    "cluster",
                    SystemShapes.CLUSTER,
                    "What several nodes share. Default: one node.");
    private static final Key<List<KeyConfig>> KEYS =
            Key.list(
                    "keys",
                    AccessShapes.KEY,
                    "Virtual keys. As soon as there is one, every request needs one.");
    private static final Key<List<TeamConfig>> TEAMS =
            Key.list("teams", AccessShapes.TEAM, "Owners of keys.");
    private static final Key<DefaultsConfig> DEFAULTS =
            Key.orElse(
                    "defaults",
                    ResilienceShapes.DEFAULTS,
                    DefaultsConfig.DEFAULT,
                    "How hard a deployment is tried where nothing nearer says so.");
    private static final Key<PricingConfig> PRICING =
            Key.orElse("pricing", PriceShapes.PRICING, PricingConfig.DEFAULT, "Prices.");
    private static final Key<MediaConfig> MEDIA =
            Key.orElse(
                    "media",
                    SystemShapes.MEDIA,
                    MediaConfig.DEFAULT,
                    "Fetching of media that a request names by URL.");
    private static final Key<StreamConfig> STREAM =
            Key.orElse("stream", SystemShapes.STREAM, StreamConfig.DEFAULT, "How streams start.");
    private static final Key<UpstreamConfig> UPSTREAM =
            Key.orElse(
                    "upstream",
                    SystemShapes.UPSTREAM,
                    UpstreamConfig.DEFAULT,
                    "Connections to providers.");
    private static final Key<LogConfig> LOG =
            Key.orElse("log", SystemShapes.LOG, LogConfig.DEFAULT, "What is logged.");

    static final Shape<GatewayConfig> ROOT =
            Shape.of(
                            "fairlead",
                            "Configuration of Fairlead.",
                            RootShape::config,
                            List.of(
                                    SERVER,
                                    STORAGE,
                                    CLUSTER,
                                    ProviderShapes.PROVIDERS,
                                    ModelShapes.MODELS,
                                    KEYS,
                                    TEAMS,
                                    DEFAULTS,
                                    PRICING,
                                    MEDIA,
                                    STREAM,
                                    UPSTREAM,
                                    LOG))
                    .renaming(
                            Map.of(
                                    "model_list", "providers and models",
                                    "general_settings", "server",
                                    "litellm_settings", "defaults",
                                    "router_settings", "defaults"));

    private RootShape() {}

    private static GatewayConfig config(Fields f) {
        Map<String, ProviderConfig> on = new LinkedHashMap<>();
        Set<String> off = new LinkedHashSet<>();
        f.get(ProviderShapes.PROVIDERS)
                .forEach((id, provider) ->
                        provider.ifPresentOrElse(p -> on.put(id, p), () -> off.add(id)));
        return new GatewayConfig(
                f.get(SERVER),
                f.get(STORAGE),
                f.get(CLUSTER),
                on,
                off,
                f.get(ModelShapes.MODELS),
                f.get(KEYS),
                f.get(TEAMS),
                f.get(DEFAULTS),
                f.get(PRICING),
                f.get(MEDIA),
                f.get(STREAM),
                f.get(UPSTREAM),
                f.get(LOG));
    }
}
