package io.fairlead.gateway.routing;

import io.fairlead.gateway.catalogue.Deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The deployments that may answer one request, in the order in which they are tried. Immutable.
 *
 * @param requested the model as the client asked for it
 * @param resolution how the name was understood
 * @param candidates at least one
 */
public record RoutePlan(String requested, Resolution resolution, List<Candidate> candidates) {

    /**
     * One deployment that may answer.
     *
     * @param deployment the deployment
     * @param weight its share among targets drawn by chance; 1 or more
     */
    public record Candidate(Deployment deployment, int weight) {
        public Candidate {
            if (weight < 1) {
                throw new IllegalArgumentException("weight: " + weight + " (expected: 1 or more)");
            }
        }
    }

    /** How a requested model was understood, in the order in which the ways are tried. */
    public enum Resolution {
        /** A name under {@code models} of the configuration. */
        NAMED,
        /** {@code provider/model-id} of a configured provider. */
        PROVIDER_MODEL,
        /** A canonical id of the catalogue, served by any configured provider with an offer. */
        CANONICAL,
        /** An id that exactly one model has. */
        BARE
    }

    public RoutePlan {
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("candidates: none (expected: at least one)");
        }
    }

    /**
     * The candidates of one provider that can use what it keeps: those, with the first of its keys.
     * Empty: it is none of them.
     */
    public Optional<RoutePlan> keptBy(String provider) {
        List<Candidate> those =
                candidates.stream()
                        .filter(it -> it.deployment().provider().equals(provider))
                        .map(it -> new Candidate(it.deployment().withFirstKey(), it.weight()))
                        .toList();
        return those.isEmpty()
                ? Optional.empty()
                : Optional.of(new RoutePlan(requested, resolution, those));
    }

    /** The same plan, with one more to try when all others could not help. */
    public RoutePlan withLast(Deployment last) {
        List<Candidate> all = new ArrayList<>(candidates);
        all.add(new Candidate(last, 1));
        return new RoutePlan(requested, resolution, all);
    }

    /** A plan of one deployment, asked for by its id. */
    public static RoutePlan of(Deployment deployment) {
        return new RoutePlan(
                deployment.id(), Resolution.PROVIDER_MODEL, List.of(new Candidate(deployment, 1)));
    }
}
