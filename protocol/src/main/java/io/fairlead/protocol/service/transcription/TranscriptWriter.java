package io.fairlead.protocol.service.transcription;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.service.transcription.Transcript.Segment;
import io.fairlead.protocol.service.transcription.Transcript.Word;
import io.fairlead.protocol.translate.Translation.Unary;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Writes transcripts as OpenAI's clients want them. Stateless: any thread. */
final class TranscriptWriter {
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final Protocol OPENAI = Protocol.OPENAI_CHAT;

    private TranscriptWriter() {}

    /** The client's answer. */
    static Unary write(TranscriptionRequest asked, Transcript transcript) {
        byte[] bytes =
                asked.events()
                        ? events(transcript)
                        : switch (asked.layout()) {
                            case JSON -> plain(transcript).toBytes();
                            case TEXT -> utf8(transcript.text() + "\n");
                            case VERBOSE_JSON, DIARIZED_JSON ->
                                    verbose(asked, transcript).toBytes();
                            case SRT -> utf8(Subtitles.srt(transcript.segments()));
                            case VTT -> utf8(Subtitles.vtt(transcript.segments()));
                        };
        return new Unary(
                bytes,
                type(asked),
                transcript.usage(),
                transcript.model(),
                Optional.empty(),
                Optional.empty());
    }

    private static String type(TranscriptionRequest asked) {
        if (asked.events()) {
            return "text/event-stream; charset=utf-8";
        }
        return switch (asked.layout()) {
            case JSON, VERBOSE_JSON, DIARIZED_JSON -> "application/json";
            case TEXT, SRT, VTT -> PLAIN;
        };
    }

    /** {@code json}: the text and what it cost. */
    static JsonObject plain(Transcript transcript) {
        JsonObject answer = new JsonObject().put("text", transcript.text());
        usage(answer, transcript);
        answer.merge(transcript.beside().of(OPENAI));
        return answer;
    }

    /**
     * {@code verbose_json}. What OpenAI's schema wants of each segment, and nobody else says, is
     * there with a neutral value.
     */
    static JsonObject verbose(TranscriptionRequest asked, Transcript transcript) {
        JsonObject answer =
                new JsonObject()
                        .put("task", asked.english() ? "translate" : "transcribe")
                        .put(
                                "language",
                                transcript.language().or(asked::language).orElse("unknown"))
                        .put("duration", transcript.duration().orElseGet(() -> end(transcript)))
                        .put("text", transcript.text());
        if (asked.needsWords()) {
            for (Word word : transcript.words()) {
                JsonObject written =
                        answer.array("words")
                                .addObject()
                                .put("word", word.text())
                                .put("start", word.start())
                                .put("end", word.end());
                written.merge(word.beside().of(OPENAI));
            }
        }
        if (asked.needsSegments()) {
            answer.array("segments");
            int id = 0;
            for (Segment segment : transcript.segments()) {
                JsonObject written =
                        answer.array("segments")
                                .addObject()
                                .put("start", segment.start())
                                .put("end", segment.end())
                                .put("text", segment.text());
                written.merge(segment.beside().of(OPENAI));
                if (!segment.beside().isOf(OPENAI)) {
                    neutral(written.put("id", id++), asked);
                }
            }
        }
        usage(answer, transcript);
        answer.merge(transcript.beside().of(OPENAI));
        return answer;
    }

    private static void neutral(JsonObject segment, TranscriptionRequest asked) {
        segment.put("seek", 0)
                .put("temperature", asked.temperature().orElse(BigDecimal.ZERO))
                .put("avg_logprob", 0)
                .put("compression_ratio", 0)
                .put("no_speech_prob", 0)
                .array("tokens");
    }

    private static BigDecimal end(Transcript transcript) {
        BigDecimal end = BigDecimal.ZERO;
        for (Segment segment : transcript.segments()) {
            end = end.max(segment.end());
        }
        for (Word word : transcript.words()) {
            end = end.max(word.end());
        }
        return end;
    }

    private static byte[] events(Transcript transcript) {
        JsonObject delta =
                new JsonObject()
                        .put("type", "transcript.text.delta")
                        .put("delta", transcript.text());
        JsonObject done =
                new JsonObject().put("type", "transcript.text.done").put("text", transcript.text());
        usage(done, transcript);
        return utf8("data: " + delta + "\n\ndata: " + done + "\n\ndata: [DONE]\n\n");
    }

    private static void usage(JsonObject answer, Transcript transcript) {
        if (transcript.usage().isPresent()) {
            Usage counts = transcript.usage().get();
            answer.object("usage")
                    .put("type", "tokens")
                    .put("input_tokens", counts.inputTokens())
                    .put("output_tokens", counts.outputTokens())
                    .put("total_tokens", counts.totalTokens())
                    .object("input_token_details")
                    .put("text_tokens", counts.inputTokens() - counts.audioInputTokens())
                    .put("audio_tokens", counts.audioInputTokens());
        } else {
            transcript
                    .seconds()
                    .or(transcript::duration)
                    .ifPresent(seconds ->
                            answer.object("usage")
                                    .put("type", "duration")
                                    .put("seconds", seconds.setScale(0, RoundingMode.CEILING)));
        }
    }
}
