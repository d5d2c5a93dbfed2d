package io.fairlead.gateway.routing;

import io.fairlead.gateway.routing.RoutePlan.Candidate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * A name's targets as a tree: a target may itself be a name with a strategy of its own. Walking it
 * gives the candidates of one request in order. Immutable.
 */
sealed interface Branch extends Strategy.Weighted {

    /** One deployment. */
    record Leaf(Candidate candidate) implements Branch {
        @Override
        public int weight() {
            return candidate.weight();
        }
    }

    /** Several, in an order that the strategy chooses for each request. */
    record Fork(Strategy strategy, List<Branch> branches, int weight) implements Branch {
        public Fork {
            branches = List.copyOf(branches);
        }
    }

    /** Whether every walk gives the same. */
    default boolean fixed() {
        return switch (this) {
            case Leaf _ -> true;
            case Fork fork ->
                    (fork.strategy().fixed() || fork.branches().size() == 1)
                            && fork.branches().stream().allMatch(Branch::fixed);
        };
    }

    /** The candidates in the order for one request; a deployment comes once. */
    default List<Candidate> walk(RandomGenerator random) {
        List<Candidate> candidates = new ArrayList<>();
        walk((strategy, branches) -> strategy.order(branches, random), candidates);
        return candidates;
    }

    /** Every candidate, as they stand in the configuration. */
    default List<Candidate> all() {
        List<Candidate> candidates = new ArrayList<>();
        walk((_, branches) -> branches, candidates);
        return candidates;
    }

    private void walk(
            BiFunction<Strategy, List<Branch>, List<Branch>> order, List<Candidate> candidates) {
        switch (this) {
            case Leaf leaf -> {
                if (!holds(candidates, leaf.candidate())) {
                    candidates.add(leaf.candidate());
                }
            }
            case Fork fork -> {
                for (Branch branch : order.apply(fork.strategy(), fork.branches())) {
                    branch.walk(order, candidates);
                }
            }
        }
    }

    private static boolean holds(List<Candidate> candidates, Candidate candidate) {
        for (Candidate present : candidates) {
            if (present.deployment().id().equals(candidate.deployment().id())) {
                return true;
            }
        }
        return false;
    }
}
