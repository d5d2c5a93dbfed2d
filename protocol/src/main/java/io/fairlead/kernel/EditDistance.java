package io.fairlead.kernel;

import java.util.Arrays;

/**
 * How many typing errors lie between two words: a letter too many, one missing, one wrong, two
 * neighbours swapped. Stateless: any thread.
 */
public final class EditDistance {
    private EditDistance() {}

    /** The distance, or {@code bound + 1} if it is more; the work grows with the bound. */
    public static int within(String first, String second, int bound) {
        int far = bound + 1;
        int width = second.length();
        if (Math.abs(first.length() - width) > bound) {
            return far;
        }
        int[] twoBack = new int[width + 1];
        int[] back = new int[width + 1];
        int[] now = new int[width + 1];
        Arrays.setAll(back, j -> Math.min(j, far));
        for (int i = 1; i <= first.length(); i++) {
            int from = Math.max(1, i - bound);
            int to = Math.min(width, i + bound);
            now[from - 1] = from == 1 ? Math.min(i, far) : far;
            int best = now[from - 1];
            for (int j = from; j <= to; j++) {
                now[j] = least(first, second, i, j, now[j - 1], back, twoBack);
                best = Math.min(best, now[j]);
            }
            if (to < width) {
                now[to + 1] = far;
            }
            if (best > bound) {
                return far;
            }
            int[] free = twoBack;
            twoBack = back;
            back = now;
            now = free;
        }
        return Math.min(back[width], far);
    }

    private static int least(
            String first, String second, int i, int j, int left, int[] back, int[] twoBack) {
        char mine = first.charAt(i - 1);
        char other = second.charAt(j - 1);
        int least = Math.min(back[j - 1] + (mine == other ? 0 : 1), Math.min(back[j], left) + 1);
        boolean swapped =
                i > 1 && j > 1 && mine == second.charAt(j - 2) && other == first.charAt(i - 2);
        return swapped ? Math.min(least, twoBack[j - 2] + 1) : least;
    }
}
