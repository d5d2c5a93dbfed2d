package io.fairlead.gateway.routing;

import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.Merging;
import io.fairlead.gateway.config.ModelRoute;
import io.fairlead.gateway.config.ResilienceConfig;
import io.fairlead.gateway.routing.RoutePlan.Candidate;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Makes the tree of targets of a name under {@code models}. Used once for each name and kind of
 * endpoint; confined to one thread.
 */
final class Named {
    private final Map<String, ModelRoute> routes;
    private final BiFunction<String, Endpoint, List<Deployment>> deployments;
    private final Endpoint endpoint;
    private final Set<String> path = new LinkedHashSet<>();
    private final List<GatewayException> unusable = new ArrayList<>();

    /**
     * @param deployments finds what a target that is no name means; throws what the client shall
     *     see
     */
    Named(
            Map<String, ModelRoute> routes,
            BiFunction<String, Endpoint, List<Deployment>> deployments,
            Endpoint endpoint) {
        this.routes = routes;
        this.deployments = deployments;
        this.endpoint = endpoint;
    }

    /**
     * The tree of {@code name}, without the targets that clients of this endpoint can't use.
     *
     * @throws GatewayException if they can use none
     */
    Branch tree(String name) {
        Branch.Fork fork = fork(name, 1, ResilienceConfig.NONE, ResilienceConfig.NONE);
        if (fork.all().isEmpty()) {
            throw unusable.isEmpty()
                    ? new GatewayException(
                            ErrorCode.MODEL_NOT_FOUND, "The model " + name + " has no target.")
                    : unusable.getFirst();
        }
        return fork;
    }

    /**
     * @param near what targets further out say, which counts first
     * @param far what names further out say, which counts after all of this name
     */
    private Branch.Fork fork(String name, int weight, ResilienceConfig near, ResilienceConfig far) {
        ModelRoute route = routes.get(name);
        if (route == null || !path.add(name)) {
            throw new GatewayException(
                    ErrorCode.INVALID_REQUEST,
                    "The model " + name + " leads back to itself: " + String.join(" → ", path));
        }
        List<Branch> branches = new ArrayList<>();
        for (ModelRoute.Target target : route.targets()) {
            ResilienceConfig nearest = near.orElse(target.resilience());
            ResilienceConfig furthest = route.resilience().orElse(far);
            if (routes.containsKey(target.model()) && !target.model().equals(name)) {
                branches.add(fork(target.model(), target.weight(), nearest, furthest));
            } else {
                leaves(target, nearest.orElse(furthest), branches);
            }
        }
        path.remove(name);
        return new Branch.Fork(Strategy.of(route.strategy()), branches, weight);
    }

    private void leaves(
            ModelRoute.Target target, ResilienceConfig resilience, List<Branch> branches) {
        try {
            List<Branch> leaves = new ArrayList<>();
            for (Deployment deployment : deployments.apply(target.model(), endpoint)) {
                Deployment adjusted =
                        deployment.with(Merging.over(resilience, deployment.resilience()));
                leaves.add(new Branch.Leaf(new Candidate(adjusted, target.weight())));
            }
            branches.add(
                    leaves.size() == 1
                            ? leaves.getFirst()
                            : new Branch.Fork(Strategy.PRIORITY, leaves, target.weight()));
        } catch (GatewayException e) {
            unusable.add(e);
        }
    }
}
