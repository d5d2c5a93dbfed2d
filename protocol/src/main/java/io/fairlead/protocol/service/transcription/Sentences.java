package io.fairlead.protocol.service.transcription;

import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.service.transcription.Transcript.Segment;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes segments of words: one ends with a sentence, before a pause, or when it is as long as a
 * subtitle may be. Confined to one thread.
 */
final class Sentences {
    private static final String ENDS = ".!?…。！？";
    private static final BigDecimal PAUSE = new BigDecimal("1.0");
    private static final int LONGEST = 84;

    private final List<Segment> segments = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private BigDecimal start = BigDecimal.ZERO;
    private BigDecimal end = BigDecimal.ZERO;

    void word(String word, BigDecimal from, BigDecimal to) {
        boolean paused = from.subtract(end).compareTo(PAUSE) > 0;
        if (!text.isEmpty() && (paused || text.length() + word.length() > LONGEST)) {
            close();
        }
        if (text.isEmpty()) {
            start = from;
        }
        text.append(word);
        end = to;
        if (!word.isEmpty() && ENDS.indexOf(word.charAt(word.length() - 1)) >= 0) {
            close();
        }
    }

    /** What stands between words; at the beginning of a segment it means nothing. */
    void between(String space) {
        if (!text.isEmpty()) {
            text.append(space);
        }
    }

    private void close() {
        if (!text.isEmpty()) {
            segments.add(new Segment(start, end, text.toString().strip(), Beside.NONE));
            text.setLength(0);
        }
    }

    List<Segment> finished() {
        close();
        return segments;
    }
}
