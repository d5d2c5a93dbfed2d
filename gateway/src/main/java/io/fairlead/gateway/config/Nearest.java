package io.fairlead.gateway.config;

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
                int distance = distance(plainWrong, plain(candidate));
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

    /** Edit distance in which two swapped neighbours count as one edit. */
    private static int distance(String a, String b) {
        int[] twoBack = new int[b.length() + 1];
        int[] back = new int[b.length() + 1];
        int[] now = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            back[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            now[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int edits =
                        Math.min(back[j - 1] + (same ? 0 : 1), 1 + Math.min(back[j], now[j - 1]));
                boolean swapped =
                        i > 1
                                && j > 1
                                && a.charAt(i - 1) == b.charAt(j - 2)
                                && a.charAt(i - 2) == b.charAt(j - 1);
                now[j] = swapped ? Math.min(edits, twoBack[j - 2] + 1) : edits;
            }
            int[] free = twoBack;
            twoBack = back;
            back = now;
            now = free;
        }
        return back[b.length()];
    }
}
