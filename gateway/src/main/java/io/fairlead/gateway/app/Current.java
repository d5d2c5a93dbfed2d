package io.fairlead.gateway.app;

import io.fairlead.gateway.cloud.AwsRegion;
import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.media.MediaRules;
import io.fairlead.gateway.pipeline.Routes;
import io.fairlead.gateway.routing.Health;
import io.fairlead.gateway.routing.Router;

import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The configuration that counts now, and the routes that were made of it. Thread-safe. */
final class Current {
    private final Launch launch;
    private final RandomGenerator random;
    private volatile GatewayConfig config;
    private volatile Routes routes;

    Current(Launch launch, RandomGenerator random) {
        this.launch = launch;
        this.random = random;
        this.config = launch.config();
        this.routes = routes(config);
    }

    void apply(GatewayConfig newConfig) {
        Routes made = routes(newConfig);
        config = newConfig;
        routes = made;
    }

    GatewayConfig config() {
        return config;
    }

    Routes routes() {
        return routes;
    }

    private Routes routes(GatewayConfig from) {
        Router router =
                Router.of(
                        from,
                        launch.catalogue(),
                        name -> variable(launch.environment(), name),
                        random);
        return new Routes(
                router, new Health(), Settings.exchange(from), MediaRules.of(from.media()));
    }

    /** Providers are found where the cloud's own tools would find them. */
    private static Optional<String> variable(Map<String, String> environment, String name) {
        return name.equals("AWS_REGION")
                ? AwsRegion.of(environment)
                : Optional.ofNullable(environment.get(name));
    }
}
