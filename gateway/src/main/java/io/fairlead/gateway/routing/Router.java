package io.fairlead.gateway.routing;

import io.fairlead.gateway.catalogue.Accounts;
import io.fairlead.gateway.catalogue.Catalogue;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;

import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Finds the deployments for a requested model: a snapshot of one configuration. Immutable to its
 * users; safe for any number of threads.
 */
public final class Router {
    private final Accounts accounts;

    private Router(Accounts accounts) {
        this.accounts = accounts;
    }

    /**
     * @param environment values of the variables that base URLs of the catalogue name
     * @param random decides between weighted targets; must be safe for the threads that plan
     */
    public static Router of(
            GatewayConfig config,
            Catalogue catalogue,
            Function<String, Optional<String>> environment,
            RandomGenerator random) {
        return new Router(Accounts.of(config, catalogue, environment));
    }

    /**
     * The deployments that may answer, in the order in which to try them.
     *
     * @throws GatewayException {@code model_not_found} with the nearest names, if nothing is called
     *     so; {@code invalid_request}, if what is called so can't be used by clients of this
     *     endpoint
     */
    public RoutePlan plan(String requested, Endpoint endpoint) {
        int slash = requested.indexOf('/');
        if (slash > 0) {
            Optional<RoutePlan> direct =
                    accounts.account(requested.substring(0, slash))
                            .map(it -> it.deployment(requested.substring(slash + 1), endpoint))
                            .map(RoutePlan::of);
            if (direct.isPresent()) {
                return direct.get();
            }
        }
        throw new GatewayException(
                ErrorCode.MODEL_NOT_FOUND, "There is no model " + requested + ".");
    }

    /**
     * The provider's own API, for {@code /passthrough/{provider}/*}.
     *
     * @throws GatewayException {@code not_found}, if no such provider is configured
     */
    public Deployment passthrough(String provider) {
        return accounts.account(provider)
                .orElseThrow(() ->
                        new GatewayException(
                                ErrorCode.NOT_FOUND, "There is no provider " + provider + "."))
                .passthrough();
    }
}
