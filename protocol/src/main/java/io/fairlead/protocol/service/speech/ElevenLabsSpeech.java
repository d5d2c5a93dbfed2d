package io.fairlead.protocol.service.speech;

import io.fairlead.protocol.codec.Paths;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Told;

import java.util.Optional;

/** ElevenLabs: the voice stands in the path, the format in the query. Stateless: any thread. */
final class ElevenLabsSpeech implements SpeechForm {
    @Override
    public Told write(SpeechRequest asked, ServiceTarget target) {
        String format =
                switch (asked.wanted()) {
                    case MP3 -> "mp3_44100_128";
                    case OPUS -> "opus_48000_64";
                    case WAV -> "wav_24000";
                    case PCM -> "pcm_24000";
                    case AAC, FLAC ->
                            throw SpeechForm.noFormat("ElevenLabs", "mp3, opus, wav, pcm");
                };
        JsonObject body =
                new JsonObject().put("text", asked.text()).put("model_id", target.model());
        asked.speedWithin("0.7", "1.2")
                .ifPresent(speed -> body.object("voice_settings").put("speed", speed));
        String path =
                "/text-to-speech/"
                        + Paths.segment(SpeechForm.voice(asked))
                        + "?output_format="
                        + format;
        return new Told(ProviderRequest.of(path, body), SpeechForm.withoutInstructions(asked));
    }

    @Override
    public Sound read(SpeechRequest asked, byte[] body) {
        return new Sound(asked.wanted(), body, Optional.empty());
    }

    @Override
    public boolean passes() {
        return true;
    }
}
