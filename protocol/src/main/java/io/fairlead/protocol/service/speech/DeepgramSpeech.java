package io.fairlead.protocol.service.speech;

import io.fairlead.protocol.codec.Paths;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Told;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deepgram: a voice is a model of its own there ({@code aura-2-thalia-en}), so model and voice are
 * put together. Stateless: any thread.
 */
final class DeepgramSpeech implements SpeechForm {
    private static final String FAMILY = "aura";

    @Override
    public Told write(SpeechRequest asked, ServiceTarget target) {
        String format =
                switch (asked.wanted()) {
                    case MP3 -> "encoding=mp3";
                    case OPUS -> "encoding=opus&container=ogg";
                    case AAC -> "encoding=aac";
                    case FLAC -> "encoding=flac";
                    case WAV -> "encoding=linear16&container=wav&sample_rate=24000";
                    case PCM -> "encoding=linear16&container=none&sample_rate=24000";
                };
        List<String> dropped = new ArrayList<>(SpeechForm.withoutInstructions(asked));
        String model = model(target.model(), SpeechForm.voice(asked), dropped);
        StringBuilder path =
                new StringBuilder("/speak?model=")
                        .append(Paths.segment(model))
                        .append('&')
                        .append(format);
        asked.speedWithin("0.7", "1.5")
                .ifPresent(speed -> path.append("&speed=").append(speed.toPlainString()));
        return new Told(
                ProviderRequest.of(path.toString(), new JsonObject().put("text", asked.text())),
                dropped);
    }

    /** The voice may be a whole model, the model may be one with a voice, or both are parts. */
    private static String model(String model, String voice, List<String> dropped) {
        if (voice.startsWith(FAMILY)) {
            return voice;
        }
        boolean whole = model.startsWith(FAMILY) && endsWithLanguage(model);
        if (whole) {
            if (!model.contains(voice)) {
                dropped.add("voice");
            }
            return model;
        }
        return model + "-" + voice + (endsWithLanguage(voice) ? "" : "-en");
    }

    private static boolean endsWithLanguage(String name) {
        int last = name.lastIndexOf('-');
        return last > 0 && name.length() == last + 3 && !Character.isDigit(name.charAt(last + 1));
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
