package io.fairlead.protocol.service.transcription;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.service.FormWriter;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Told;
import io.fairlead.protocol.service.transcription.Transcript.Segment;
import io.fairlead.protocol.service.transcription.Transcript.Word;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ElevenLabs' form: a form with other names, and a transcript of words and the spaces between them,
 * of which segments are made here. Stateless: any thread.
 */
final class ElevenLabsForm implements ProviderForm {
    @Override
    public Told write(TranscriptionRequest asked, ServiceTarget target) {
        ProviderForm.refuseOpenAisOwn(asked);
        FormWriter form =
                new FormWriter(target.id())
                        .field("model_id", target.model())
                        .field("language_code", asked.language())
                        .number("temperature", asked.temperature())
                        .field("tag_audio_events", "false")
                        .field("timestamps_granularity", asked.layout().timed() ? "word" : "none")
                        .file("file", asked.file(), "audio");
        return new Told(
                form.to("/speech-to-text"),
                asked.prompt().isPresent() ? List.of("prompt") : List.of());
    }

    @Override
    public Transcript read(TranscriptionRequest asked, byte[] body) {
        Fields answer = Fields.ofAnswer(Fields.parse(body));
        List<Word> words = new ArrayList<>();
        Sentences sentences = new Sentences();
        for (Fields piece : answer.objects("words")) {
            String text = piece.text("text").orElse("");
            if (piece.peek("type").filter(type -> !type.is("word")).isPresent()) {
                sentences.between(text);
                continue;
            }
            BigDecimal start = time(piece, "start");
            BigDecimal end = time(piece, "end");
            words.add(new Word(start, end, text, Beside.NONE));
            sentences.word(text, start, end);
        }
        List<Segment> segments = sentences.finished();
        return new Transcript(
                answer.needText("text"),
                answer.text("language_code"),
                answer.number("audio_duration_secs"),
                segments,
                words,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Beside.NONE);
    }

    private static BigDecimal time(Fields piece, String name) {
        return piece.number(name)
                .orElseThrow(() -> new Unreadable(piece.pathOf(name), "is no number"));
    }
}
