package io.fairlead.gateway.routing;

import io.fairlead.gateway.config.ModelRoute;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Puts the targets of a name in the order in which they are tried. Implementations are safe for any
 * number of threads.
 */
public interface Strategy {
    /** As they stand in the configuration. */
    Strategy PRIORITY =
            new Strategy() {
                @Override
                public <T extends Weighted> List<T> order(List<T> targets, RandomGenerator random) {
                    return targets;
                }

                @Override
                public boolean fixed() {
                    return true;
                }
            };

    /**
     * The first by chance, each in proportion to its weight; then the next in the same way among
     * those left, so that a fallback is spread too.
     */
    Strategy WEIGHTED =
            new Strategy() {
                @Override
                public <T extends Weighted> List<T> order(List<T> targets, RandomGenerator random) {
                    return weighted(targets, random);
                }
            };

    /** Something with a weight. */
    interface Weighted {
        /** 1 or more. */
        int weight();
    }

    <T extends Weighted> List<T> order(List<T> targets, RandomGenerator random);

    /** Whether every request gets the same order. */
    default boolean fixed() {
        return false;
    }

    static Strategy of(ModelRoute.Strategy name) {
        return switch (name) {
            case PRIORITY -> PRIORITY;
            case WEIGHTED -> WEIGHTED;
        };
    }

    private static <T extends Weighted> List<T> weighted(List<T> targets, RandomGenerator random) {
        List<T> left = new ArrayList<>(targets);
        List<T> ordered = new ArrayList<>(targets.size());
        long total = 0;
        for (T target : left) {
            total += target.weight();
        }
        while (left.size() > 1) {
            long drawn = random.nextLong(total);
            int at = 0;
            while (drawn >= left.get(at).weight()) {
                drawn -= left.get(at).weight();
                at++;
            }
            T target = left.remove(at);
            total -= target.weight();
            ordered.add(target);
        }
        ordered.addAll(left);
        return ordered;
    }
}
