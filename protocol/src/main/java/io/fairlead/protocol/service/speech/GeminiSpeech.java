package io.fairlead.protocol.service.speech;

import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Media.Source.Inline;
import io.fairlead.protocol.service.Base64Bytes;
import io.fairlead.protocol.service.GeminiCall;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Told;

import java.util.List;
import java.util.Locale;

/**
 * Gemini, of AI Studio or of Vertex AI: a turn whose answer is sound, in bare samples. Stateless:
 * any thread.
 */
final class GeminiSpeech implements SpeechForm {
    private static final int USUAL_RATE = 24_000;
    private static final int LARGEST_RATE = 192_000;

    private final GeminiCall gemini;

    GeminiSpeech(GeminiCall gemini) {
        this.gemini = gemini;
    }

    @Override
    public Told write(SpeechRequest asked, ServiceTarget target) {
        made(asked);
        asked.refuseSpeed("Gemini");
        JsonArray parts = new JsonArray();
        parts.addObject()
                .put(
                        "text",
                        asked.instructions().map(it -> it + ":\n\n").orElse("") + asked.text());
        JsonObject config = new JsonObject();
        config.array("responseModalities").add("AUDIO");
        config.object("speechConfig")
                .object("voiceConfig")
                .object("prebuiltVoiceConfig")
                .put("voiceName", SpeechForm.voice(asked));
        return new Told(gemini.request(target, parts, config), List.of());
    }

    /** Who names no format gets a wave file: nothing else can be made of samples alone. */
    private static SoundFormat made(SpeechRequest asked) {
        SoundFormat format = asked.format().orElse(SoundFormat.WAV);
        if (format != SoundFormat.WAV && format != SoundFormat.PCM) {
            throw SpeechForm.noFormat("Gemini", "wav, pcm");
        }
        return format;
    }

    @Override
    public Sound read(SpeechRequest asked, byte[] body) {
        ChatAnswer answer = gemini.read(body);
        List<Inline> media = GeminiCall.media(answer);
        if (media.isEmpty()) {
            throw new Unreadable("candidates[0].content.parts", "there is no sound in it");
        }
        SoundFormat format = made(asked);
        String type = media.getFirst().mediaType().toLowerCase(Locale.ROOT);
        byte[] sound = Base64Bytes.of("inlineData.data", media.getFirst().base64());
        boolean bare = type.startsWith("audio/l16") || type.startsWith("audio/pcm");
        byte[] bytes =
                format == SoundFormat.PCM
                        ? bare ? sound : Wave.samples(sound)
                        : bare ? Wave.of(sound, rate(type)) : sound;
        return new Sound(format, bytes, GeminiCall.usage(answer));
    }

    /** {@code audio/L16;codec=pcm;rate=24000}. */
    private static int rate(String type) {
        for (String parameter : type.split(";", -1)) {
            String text = parameter.strip();
            if (text.startsWith("rate=") && text.length() <= 11) {
                try {
                    int rate = Integer.parseInt(text.substring(5));
                    return rate > 0 && rate <= LARGEST_RATE ? rate : USUAL_RATE;
                } catch (NumberFormatException _) {
                    return USUAL_RATE;
                }
            }
        }
        return USUAL_RATE;
    }

    @Override
    public boolean passes() {
        return false;
    }
}
