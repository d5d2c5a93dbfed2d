package io.fairlead.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Random;

final class EditDistanceTest {
    @ParameterizedTest
    @CsvSource({
        "smart, smart, 0",
        "smrat, smart, 1",
        "smar, smart, 1",
        "smartt, smart, 1",
        "smirt, smart, 1",
        "'', abc, 3",
        "abc, '', 3",
        "kitten, sitting, 3",
        "gpt-4o, gpt-5, 2"
    })
    void countsTypingErrors(String first, String second, int distance) {
        assertThat(EditDistance.within(first, second, 9)).isEqualTo(distance);
        assertThat(EditDistance.within(second, first, 9)).isEqualTo(distance);
    }

    @Test
    void saysOnlyThatItIsMoreThanTheBound() {
        Random random = new Random(20_261_122);
        for (int i = 0; i < 20_000; i++) {
            String first = word(random);
            String second = word(random);
            int bound = random.nextInt(7);
            assertThat(EditDistance.within(first, second, bound))
                    .as("seed 20261122: %s %s %d", first, second, bound)
                    .isEqualTo(Math.min(whole(first, second), bound + 1));
        }
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int left = random.nextInt(9); left > 0; left--) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }

    /** The whole table, as in the books. */
    private static int whole(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                table[i][j] =
                        Math.min(
                                table[i - 1][j - 1] + same,
                                Math.min(table[i - 1][j], table[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
                }
            }
        }
        return table[a.length()][b.length()];
    }
}
