package io.fairlead.gateway.config;

import java.util.List;

/**
 * A name of the operator's own that clients may ask for. Immutable.
 *
 * @param name what clients ask for
 * @param strategy how the targets are ordered
 * @param targets where requests go; at least one
 * @param resilience how hard they are tried
 */
public record ModelRoute(
        String name, Strategy strategy, List<Target> targets, ResilienceConfig resilience) {

    /** How targets are ordered. */
    public enum Strategy {
        /** As they stand in the file. */
        PRIORITY,
        /** By chance, each in proportion to its weight. */
        WEIGHTED
    }

    /**
     * One target.
     *
     * @param model {@code provider/model-id}, a canonical model id, or another name under {@code
     *     models}
     * @param weight share of requests, 1 or more
     * @param resilience how hard it is tried
     */
    public record Target(String model, int weight, ResilienceConfig resilience) {}

    public ModelRoute {
        targets = List.copyOf(targets);
    }
}
