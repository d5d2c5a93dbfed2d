package io.fairlead.protocol.service.transcription;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.openai.FormData;
import io.fairlead.protocol.openai.RequestBody;
import io.fairlead.protocol.openai.RequestEdit;
import io.fairlead.protocol.openai.RewrittenBody;
import io.fairlead.protocol.service.FormWriter;
import io.fairlead.protocol.service.ServiceRequest;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Told;
import io.fairlead.protocol.service.transcription.Transcript.Word;
import io.fairlead.protocol.translate.Translation.Unary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Mistral's form, which is OpenAI's with other choices: it answers in one layout, and tells the
 * times of segments or of words, both under {@code segments}. Fields of its own pass. Stateless:
 * any thread.
 */
final class MistralForm implements ProviderForm {
    private static final String PATH = "/audio/transcriptions";

    private static final Set<String> NOT_THERE =
            Set.of(
                    "prompt",
                    "response_format",
                    "stream",
                    "chunking_strategy",
                    "chunking_strategy[type]");

    @Override
    public Told write(TranscriptionRequest asked, ServiceTarget target) {
        ProviderForm.refuseOpenAisOwn(asked);
        if (asked.needsWords() && asked.needsSegments()) {
            throw new Unsupported(
                    "timestamp_granularities", "Mistral tells words or segments, and not both");
        }
        return asked.layout().timed() ? timed(asked, target) : untimed(asked, target);
    }

    /** The client's own form, without what Mistral does not have. */
    private static Told untimed(TranscriptionRequest asked, ServiceTarget target) {
        ServiceRequest sent = asked.sent();
        RewrittenBody form =
                RequestBody.scan(sent.endpoint(), sent.contentType(), sent.body())
                        .rewrite(new RequestEdit(target.model(), false, Map.of(), NOT_THERE));
        ProviderRequest request =
                new ProviderRequest(
                        PATH, Map.of("content-type", sent.contentType().orElse("")), form.bytes());
        return new Told(request, dropped(asked));
    }

    private static List<String> dropped(TranscriptionRequest asked) {
        List<String> dropped = new ArrayList<>();
        if (asked.prompt().isPresent()) {
            dropped.add("prompt");
        }
        if (asked.rest().stream().anyMatch(it -> NOT_THERE.contains(it.name()))) {
            dropped.add("chunking_strategy");
        }
        return dropped;
    }

    private static Told timed(TranscriptionRequest asked, ServiceTarget target) {
        List<String> dropped = dropped(asked);
        asked.language().ifPresent(_ -> dropped.add("language")); // times exclude it
        FormWriter form =
                new FormWriter(target.id())
                        .field("model", target.model())
                        .number("temperature", asked.temperature())
                        .field("timestamp_granularities", asked.needsWords() ? "word" : "segment");
        for (FormData.Field field : asked.rest()) {
            if (!NOT_THERE.contains(field.name())) {
                form.field(field.name(), field.value());
            }
        }
        return new Told(form.file("file", asked.file(), "audio").to(PATH), dropped);
    }

    /** Where the client wants JSON it gets Mistral's, with OpenAI's counts among its own. */
    @Override
    public Unary answer(TranscriptionRequest asked, byte[] body) {
        Transcript read = read(asked, body);
        if (asked.layout() != Layout.JSON || asked.events()) {
            return TranscriptWriter.write(asked, read);
        }
        Map<String, Json> members = new LinkedHashMap<>();
        for (Json.Member member : Fields.parse(body).members()) {
            members.put(member.name(), member.value());
        }
        JsonObject answer = TranscriptWriter.plain(read);
        answer.merge(members);
        return Unary.json(answer.toBytes(), read.usage(), read.model(), Optional.empty());
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
