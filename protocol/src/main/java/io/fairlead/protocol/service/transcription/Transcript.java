package io.fairlead.protocol.service.transcription;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.model.Beside;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What was said. Times are seconds from the beginning of the recording. Immutable.
 *
 * @param language that was spoken, in the provider's word
 * @param duration of the recording
 * @param segments sentences or so; empty: the provider does not say
 * @param words empty: the provider does not say
 * @param usage in tokens, where the provider counts them
 * @param seconds of sound that the provider bills, where it counts those
 * @param model that wrote it
 */
record Transcript(
        String text,
        Optional<String> language,
        Optional<BigDecimal> duration,
        List<Segment> segments,
        List<Word> words,
        Optional<Usage> usage,
        Optional<BigDecimal> seconds,
        Optional<String> model,
        Beside beside) {
    /** Some words that belong together. */
    record Segment(BigDecimal start, BigDecimal end, String text, Beside beside) {}

    /** One word. */
    record Word(BigDecimal start, BigDecimal end, String text, Beside beside) {}

    Transcript {
        segments = List.copyOf(segments);
        words = List.copyOf(words);
    }

    /** Nothing but text. */
    static Transcript of(String text, Optional<Usage> usage) {
        return new Transcript(
                text,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                usage,
                Optional.empty(),
                Optional.empty(),
                Beside.NONE);
    }
}
