package io.fairlead.gateway.config;

import io.fairlead.kernel.EditDistance;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. Stateless. */
public final class Nearest {
    private static final int MAX_LENGTH = 80;

    private Nearest() {}

    /** The candidate nearest to {@code wrong}, if one is near. */
    public static Optional<String> of(String wrong, Collection<String> candidates) {
        if (wrong.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String plainWrong = plain(wrong);
        int best = Math.max(1, plainWrong.length() / 3) + 1;
        String nearest = "";
        for (String candidate : candidates) {
            if (candidate.length() <= MAX_LENGTH) {
                int distance = EditDistance.within(plainWrong, plain(candidate), best - 1);
                if (distance < best) {
                    best = distance;
                    nearest = candidate;
                }
            }
        }
        return nearest.isEmpty() ? Optional.empty() : Optional.of(nearest);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }
}
