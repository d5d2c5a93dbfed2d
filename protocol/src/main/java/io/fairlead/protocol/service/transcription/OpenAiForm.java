package io.fairlead.protocol.service.transcription;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.openai.FormData;
import io.fairlead.protocol.service.FormWriter;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Told;

import java.util.List;

/** OpenAI's form. Stateless: any thread. */
final class OpenAiForm implements ProviderForm {
    @Override
    public Told write(TranscriptionRequest asked, ServiceTarget target) {
        FormWriter form =
                new FormWriter(target.id())
                        .field("model", target.model())
                        .field("language", asked.language())
                        .field("prompt", asked.prompt())
                        .number("temperature", asked.temperature())
                        .field("response_format", asked.layout().wireName());
        if (asked.words()) {
            form.field("timestamp_granularities[]", "word");
        }
        if (asked.segments()) {
            form.field("timestamp_granularities[]", "segment");
        }
        for (FormData.Field field : asked.rest()) {
            form.field(field.name(), field.value());
        }
        form.file("file", asked.file(), "audio");
        return new Told(
                form.to(asked.english() ? "/audio/translations" : "/audio/transcriptions"),
                List.of());
    }

    @Override
    public Transcript read(TranscriptionRequest asked, byte[] body) {
        return TranscriptReader.read(Protocol.OPENAI_CHAT, body);
    }
}
