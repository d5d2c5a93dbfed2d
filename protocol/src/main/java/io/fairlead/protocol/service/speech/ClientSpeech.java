package io.fairlead.protocol.service.speech;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.service.ServiceRequest;
import io.fairlead.protocol.translate.Translation.Unary;

import java.util.Base64;
import java.util.Optional;

/** The side of OpenAI's clients: their requests, and what they are answered. Stateless. */
final class ClientSpeech {
    private ClientSpeech() {}

    static SpeechRequest read(ServiceRequest request) {
        Fields fields = Fields.ofRequest(Fields.parse(request.body()));
        fields.take("model");
        Optional<String> voice = voice(fields);
        if (voice.isEmpty() && !fields.has("ref_audio")) {
            throw fields.invalid("voice", "the name of a voice");
        }
        Optional<SoundFormat> format =
                fields.text("response_format")
                        .map(SoundFormat::parse)
                        .map(known ->
                                known.orElseThrow(() ->
                                        fields.invalid("response_format", SoundFormat.all())));
        return new SpeechRequest(
                fields.needText("input"),
                voice,
                format,
                fields.number("speed"),
                fields.text("instructions").filter(it -> !it.isBlank()),
                events(fields),
                fields.rest(Protocol.OPENAI_CHAT));
    }

    /** The name of a voice, or an object with its id. */
    private static Optional<String> voice(Fields fields) {
        Optional<Json> voice = fields.peek("voice");
        return voice.isPresent() && voice.get().isObject()
                ? Optional.of(fields.needObject("voice").needText("id"))
                : fields.text("voice");
    }

    private static boolean events(Fields fields) {
        Optional<String> form = fields.text("stream_format");
        if (form.filter(it -> !it.equals("sse") && !it.equals("audio")).isPresent()) {
            throw fields.invalid("stream_format", "sse, audio");
        }
        return form.filter("sse"::equals).isPresent();
    }

    /** What the client gets of a sound that is there as a whole. */
    static Unary write(SpeechRequest asked, Sound sound) {
        byte[] bytes = asked.events() ? events(sound) : sound.bytes();
        if (bytes.length == 0) {
            throw new Unreadable("", "there is no sound in it");
        }
        return new Unary(
                bytes,
                asked.events() ? "text/event-stream; charset=utf-8" : sound.format().mediaType(),
                sound.usage(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static byte[] events(Sound sound) {
        JsonObject delta =
                new JsonObject()
                        .put("type", "speech.audio.delta")
                        .put("audio", Base64.getEncoder().encodeToString(sound.bytes()));
        JsonObject done = new JsonObject().put("type", "speech.audio.done");
        if (sound.usage().isPresent()) {
            Usage counts = sound.usage().get();
            done.object("usage")
                    .put("input_tokens", counts.inputTokens())
                    .put("output_tokens", counts.outputTokens())
                    .put("total_tokens", counts.totalTokens());
        }
        return utf8("data: " + delta + "\n\ndata: " + done + "\n\n");
    }
}
