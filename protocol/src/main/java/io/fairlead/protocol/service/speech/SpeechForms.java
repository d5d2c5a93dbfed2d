package io.fairlead.protocol.service.speech;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Service;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.service.AskedService;
import io.fairlead.protocol.service.GeminiCall;
import io.fairlead.protocol.service.OpenAiAnswer;
import io.fairlead.protocol.service.ServiceForms;
import io.fairlead.protocol.service.ServiceRequest;
import io.fairlead.protocol.service.ToldOnce;
import io.fairlead.protocol.translate.Translation;

import java.util.Map;
import java.util.Optional;

/** Text to speech. Stateless: any thread. */
public final class SpeechForms implements ServiceForms {
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
    public boolean same(Endpoint client, Dialect provider) {
        return provider == Dialect.OPENAI;
    }

    @Override
    public Translation.Unary watched(Endpoint client, Dialect provider, byte[] body) {
        return OpenAiAnswer.watched(client, body);
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
