package io.fairlead.protocol.service.transcription;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.openai.FormData;
import io.fairlead.protocol.service.FormWriter;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Told;
import io.fairlead.protocol.service.transcription.Transcript.Word;

import java.util.ArrayList;
import java.util.List;

/**
 * Mistral's form, which is OpenAI's with other choices: it answers in one layout, and tells the
 * times of segments or of words, both under {@code segments}. Fields of its own pass. Stateless:
 * any thread.
 */
final class MistralForm implements ProviderForm {
    @Override
    public Told write(TranscriptionRequest asked, ServiceTarget target) {
        ProviderForm.refuseOpenAisOwn(asked);
        if (asked.needsWords() && asked.needsSegments()) {
            throw new Unsupported(
                    "timestamp_granularities", "Mistral tells words or segments, and not both");
        }
        boolean timed = asked.layout().timed();
        List<String> dropped = new ArrayList<>();
        FormWriter form =
                new FormWriter(target.id())
                        .field("model", target.model())
                        .number("temperature", asked.temperature());
        if (asked.prompt().isPresent()) {
            dropped.add("prompt");
        }
        if (timed) {
            form.field("timestamp_granularities", asked.needsWords() ? "word" : "segment");
            asked.language().ifPresent(_ -> dropped.add("language")); // one excludes the other
        } else {
            form.field("language", asked.language());
        }
        for (FormData.Field field : asked.rest()) {
            if (field.name().startsWith("chunking_strategy")) {
                dropped.add("chunking_strategy");
            } else {
                form.field(field.name(), field.value());
            }
        }
        return new Told(
                form.file("file", asked.file(), "audio").to("/audio/transcriptions"), dropped);
    }

    @Override
    public Transcript read(TranscriptionRequest asked, byte[] body) {
        Transcript read = TranscriptReader.read(Protocol.MISTRAL_CHAT, body);
        if (!asked.needsWords()) {
            return read;
        }
        List<Word> words =
                read.segments().stream()
                        .map(it -> new Word(it.start(), it.end(), it.text().strip(), Beside.NONE))
                        .toList();
        return new Transcript(
                read.text(),
                read.language(),
                read.duration(),
                List.of(),
                words,
                read.usage(),
                read.seconds(),
                read.model(),
                read.beside());
    }
}
