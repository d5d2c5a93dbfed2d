package io.fairlead.gateway.routing;

import io.fairlead.kernel.EditDistance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Finds the names that someone may have meant: those that begin or end the same, and those a few
 * typing errors away. Stateless.
 */
final class Nearest {
    private static final int LONGEST = 80;
    private static final int FURTHEST = 5;

    private Nearest() {}

    private record Near(String name, int distance) {}

    /** At most {@code most} of {@code names}, the nearest first. */
    static List<String> to(String wanted, Collection<String> names, int most) {
        if (wanted.isEmpty() || wanted.length() > LONGEST) {
            return List.of();
        }
        String lower = wanted.toLowerCase(Locale.ROOT);
        int bound = Math.min(FURTHEST, Math.max(2, wanted.length() / 3));
        List<Near> near = new ArrayList<>();
        for (String name : names) {
            int distance = distance(lower, name, bound);
            if (distance <= bound) {
                near.add(new Near(name, distance));
            }
        }
        return near.stream()
                .sorted(
                        Comparator.comparingInt(Near::distance)
                                .thenComparingInt(it -> it.name().length())
                                .thenComparing(Near::name))
                .limit(most)
                .map(Near::name)
                .toList();
    }

    private static int distance(String wanted, String name, int bound) {
        if (name.length() > LONGEST) {
            return bound + 1;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        int whole = EditDistance.within(wanted, lower, bound);
        int slash = lower.lastIndexOf('/');
        int tail =
                slash < 0 || wanted.indexOf('/') >= 0
                        ? bound + 1
                        : EditDistance.within(wanted, lower.substring(slash + 1), bound);
        int least = Math.min(whole, tail);
        boolean begins = wanted.length() >= 3 && lower.startsWith(wanted);
        return begins ? Math.min(least, bound) : least;
    }
}
