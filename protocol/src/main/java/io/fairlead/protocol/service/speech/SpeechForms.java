package io.fairlead.protocol.service.speech;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Service;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.service.AskedService;
import io.fairlead.protocol.service.GeminiCall;
import io.fairlead.protocol.service.OpenAiServiceForms;
import io.fairlead.protocol.service.ServiceRequest;
import io.fairlead.protocol.service.ToldOnce;

import java.util.Map;
import java.util.Optional;

/** Text to speech. Stateless: any thread. */
public final class SpeechForms implements OpenAiServiceForms {
    private static final Map<Dialect, SpeechForm> FORMS =
            Map.of(
                    Dialect.MISTRAL, new MistralSpeech(),
                    Dialect.GEMINI, new GeminiSpeech(GeminiCall.AI_STUDIO),
                    Dialect.VERTEX, new GeminiSpeech(GeminiCall.VERTEX),
                    Dialect.ELEVENLABS, new ElevenLabsSpeech(),
                    Dialect.DEEPGRAM, new DeepgramSpeech());

    @Override
    public Service service() {
        return Service.SPEECH;
    }

    @Override
    public boolean offers(Dialect provider, Endpoint client) {
        return same(client, provider) || FORMS.containsKey(provider);
    }

    @Override
    public AskedService read(ServiceRequest request) {
        SpeechRequest asked = ClientSpeech.read(request);
        return (provider, target) -> {
            SpeechForm form = FORMS.get(provider);
            if (form == null) {
                throw new Unsupported("model", "its provider does not speak");
            }
            return new ToldOnce(
                    form.write(asked, target),
                    body -> ClientSpeech.write(asked, form.read(asked, body)),
                    form.passes() && !asked.events()
                            ? Optional.of(asked.wanted().mediaType())
                            : Optional.empty());
        };
    }
}
