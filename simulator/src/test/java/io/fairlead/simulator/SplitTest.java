package io.fairlead.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

class SplitTest {
    private static final SimBody BODY = SimBody.events(List.of("abc", "", "defg"));

    private static List<String> pieces(SimBody body) {
        List<String> pieces = new ArrayList<>();
        for (Iterator<SimStep> steps = body.steps(); steps.hasNext(); ) {
            if (steps.next() instanceof SimStep.Send send) {
                pieces.add(
                        new String(
                                send.array(),
                                send.offset(),
                                send.length(),
                                StandardCharsets.UTF_8));
            }
        }
        return pieces;
    }

    @Test
    void cutsAtTheGivenOffsets() {
        assertThat(pieces(Split.at(BODY, 0, 2, 2, 5, 7, 99))).containsExactly("ab", "cde", "fg");
        assertThat(pieces(Split.whole(BODY))).containsExactly("abcdefg");
        assertThat(pieces(Split.everyByte(BODY)))
                .containsExactly("a", "b", "c", "d", "e", "f", "g");
        assertThat(pieces(Split.everyByte(SimBody.of("")))).isEmpty();
    }

    @Test
    void cutsAtRandomInTheSameWayForTheSameSeed() {
        SimBody text = SimBody.of("x".repeat(1_000));
        List<String> pieces = pieces(Split.randomly(text, 7, 13));
        assertThat(String.join("", pieces)).hasSize(1_000);
        assertThat(pieces).allMatch(piece -> !piece.isEmpty() && piece.length() <= 13);
        assertThat(pieces).isEqualTo(pieces(Split.randomly(text, 7, 13)));
        assertThat(pieces).isNotEqualTo(pieces(Split.randomly(text, 8, 13)));
        assertThat(Split.randomly(text, 7, 13).length()).hasValue(1_000);
    }
}
