package io.fairlead.protocol.service.transcription;

import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.service.transcription.Transcript.Segment;
import io.fairlead.protocol.service.transcription.Transcript.Word;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads transcripts as OpenAI and Mistral write them: both have text, language, segments and words
 * under the same names, and count otherwise. Stateless: any thread.
 */
final class TranscriptReader {
    private TranscriptReader() {}

    static Transcript read(Protocol origin, byte[] body) {
        Fields answer = Fields.ofAnswer(Fields.parse(body));
        String text = answer.needText("text");
        List<Segment> segments = new ArrayList<>();
        for (Fields segment : answer.objects("segments")) {
            segments.add(
                    new Segment(
                            time(segment, "start"),
                            time(segment, "end"),
                            segment.text("text").orElse(""),
                            segment.rest(origin)));
        }
        List<Word> words = new ArrayList<>();
        for (Fields word : answer.objects("words")) {
            words.add(
                    new Word(
                            time(word, "start"),
                            time(word, "end"),
                            word.text("word").orElse(""),
                            word.rest(origin)));
        }
        Optional<Fields> counts = answer.object("usage");
        Optional<BigDecimal> seconds = counts.flatMap(TranscriptReader::seconds);
        Optional<Usage> usage = counts.flatMap(TranscriptReader::usage);
        return new Transcript(
                text,
                answer.text("language"),
                answer.number("duration"),
                segments,
                words,
                usage,
                seconds,
                answer.text("model"),
                answer.rest(origin));
    }

    private static BigDecimal time(Fields piece, String name) {
        return piece.number(name)
                .orElseThrow(() -> new Unreadable(piece.pathOf(name), "is no number"));
    }

    private static Optional<BigDecimal> seconds(Fields usage) {
        if (usage.peek("type").filter(type -> type.is("duration")).isEmpty()) {
            return Optional.empty();
        }
        usage.take("type");
        return usage.number("seconds");
    }

    /** OpenAI's counts of tokens, or Mistral's, whose prompt tokens are text without the sound. */
    private static Optional<Usage> usage(Fields usage) {
        if (usage.has("input_tokens")) {
            long input = usage.positive("input_tokens");
            long output = usage.positive("output_tokens");
            long audio =
                    usage.object("input_token_details")
                            .map(details -> details.positive("audio_tokens"))
                            .orElse(0L);
            return Optional.of(counts(input, Math.min(audio, input), output));
        }
        if (usage.has("prompt_tokens")) {
            long output = usage.positive("completion_tokens");
            long total = usage.positive("total_tokens");
            long input = Math.max(usage.positive("prompt_tokens"), total - output);
            long audio =
                    usage.object("prompt_tokens_details")
                            .map(details -> details.positive("audio_tokens"))
                            .orElse(0L);
            return Optional.of(counts(input, Math.min(audio, input), output));
        }
        return Optional.empty();
    }

    static Usage counts(long input, long audio, long output) {
        return new Usage(input, 0, 0, audio, 0, output, 0, 0, 0);
    }
}
