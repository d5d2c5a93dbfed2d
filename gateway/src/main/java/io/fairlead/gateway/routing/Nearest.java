package io.fairlead.gateway.routing;

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
        int whole = edits(wanted, lower, bound);
        int slash = lower.lastIndexOf('/');
        int tail =
                slash < 0 || wanted.indexOf('/') >= 0
                        ? bound + 1
                        : edits(wanted, lower.substring(slash + 1), bound);
        int least = Math.min(whole, tail);
        boolean begins = wanted.length() >= 3 && lower.startsWith(wanted);
        return begins ? Math.min(least, bound) : least;
    }

    /** Edit distance, or more than {@code bound} if it is more: a band of the usual table. */
    static int edits(String first, String second, int bound) {
        if (Math.abs(first.length() - second.length()) > bound) {
            return bound + 1;
        }
        int[] row = new int[second.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j <= bound ? j : bound + 1;
        }
        for (int i = 1; i <= first.length(); i++) {
            int from = Math.max(1, i - bound);
            int to = Math.min(second.length(), i + bound);
            int diagonal = row[from - 1];
            row[from - 1] = from == 1 && i <= bound ? i : bound + 1;
            int best = row[from - 1];
            for (int j = from; j <= to; j++) {
                int above = row[j];
                int substitute = diagonal + (first.charAt(i - 1) == second.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substitute, Math.min(above, row[j - 1]) + 1);
                best = Math.min(best, row[j]);
                diagonal = above;
            }
            if (to < second.length()) {
                row[to + 1] = bound + 1;
            }
            if (best > bound) {
                return bound + 1;
            }
        }
        return row[second.length()];
    }
}
