package io.fairlead.protocol.service.transcription;

import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.service.GeminiCall;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Told;

import java.util.List;

/**
 * Gemini, of AI Studio or of Vertex AI: it is shown the recording and asked for a transcript. It
 * knows no times worth telling. Stateless: any thread.
 */
final class GeminiForm implements ProviderForm {
    private static final String RULES =
            " Answer with nothing but these words: no title, no times, no names of speakers, no"
                    + " remarks. If nobody speaks, answer with nothing.";

    private final GeminiCall gemini;

    GeminiForm(GeminiCall gemini) {
        this.gemini = gemini;
    }

    @Override
    public Told write(TranscriptionRequest asked, ServiceTarget target) {
        ProviderForm.refuseOpenAisOwn(asked);
        if (asked.layout().timed()) {
            throw new Unsupported(
                    "response_format",
                    "Gemini does not tell when something is said (expected: json, text)");
        }
        JsonArray parts = new JsonArray();
        parts.addObject().put("text", instruction(asked));
        parts.addObject()
                .object("inlineData")
                .put("mimeType", asked.file().mediaType())
                .put("data", asked.file().base64());
        JsonObject config = new JsonObject().put("temperature", asked.temperature());
        return new Told(gemini.request(target, parts, config), List.of());
    }

    private static String instruction(TranscriptionRequest asked) {
        StringBuilder text =
                new StringBuilder(
                        asked.english()
                                ? "Write down in English what is said in this recording."
                                : "Write down word for word what is said in this recording, in the"
                                        + " language that is spoken.");
        asked.language()
                .ifPresent(
                        language -> text.append(" The language is ").append(language).append('.'));
        text.append(RULES);
        asked.prompt()
                .ifPresent(prompt ->
                        text.append(" Spell and punctuate as in this text, which came before: ")
                                .append(prompt));
        return text.toString();
    }

    @Override
    public Transcript read(TranscriptionRequest asked, byte[] body) {
        ChatAnswer answer = gemini.read(body);
        return Transcript.of(GeminiCall.text(answer).strip(), GeminiCall.usage(answer));
    }
}
