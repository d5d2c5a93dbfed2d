package io.fairlead.protocol.service.speech;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.service.Base64Bytes;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Told;

import java.util.Optional;

/**
 * Mistral: OpenAI's request, and a sound in JSON. Members of its own pass. Bare samples are taken
 * out of a wave file, which says what they are. Stateless: any thread.
 */
final class MistralSpeech implements SpeechForm {
    @Override
    public Told write(SpeechRequest asked, ServiceTarget target) {
        if (asked.wanted() == SoundFormat.AAC) {
            throw SpeechForm.noFormat("Mistral", "mp3, opus, flac, wav, pcm");
        }
        asked.refuseSpeed("Mistral");
        JsonObject body =
                new JsonObject()
                        .put("model", target.model())
                        .put("input", asked.text())
                        .put("voice", asked.voice())
                        .put(
                                "response_format",
                                asked.format()
                                        .map(it -> it == SoundFormat.PCM ? SoundFormat.WAV : it)
                                        .map(SoundFormat::wireName));
        body.merge(asked.beside().of(Protocol.OPENAI_CHAT));
        body.remove("stream");
        return new Told(
                ProviderRequest.of("/audio/speech", body), SpeechForm.withoutInstructions(asked));
    }

    @Override
    public Sound read(SpeechRequest asked, byte[] body) {
        Fields answer = Fields.ofAnswer(Fields.parse(body));
        byte[] sound = Base64Bytes.of("audio_data", answer.needText("audio_data"));
        return asked.wanted() == SoundFormat.PCM
                ? new Sound(SoundFormat.PCM, Wave.samples(sound), Optional.empty())
                : new Sound(asked.wanted(), sound, Optional.empty());
    }

    @Override
    public boolean passes() {
        return false;
    }
}
