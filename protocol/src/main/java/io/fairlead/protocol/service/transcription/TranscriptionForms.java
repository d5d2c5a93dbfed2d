package io.fairlead.protocol.service.transcription;

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

/** Speech to text. Stateless: any thread. */
public final class TranscriptionForms implements OpenAiServiceForms {
    private static final Map<Dialect, ProviderForm> FORMS =
            Map.of(
                    Dialect.OPENAI, new OpenAiForm(),
                    Dialect.MISTRAL, new MistralForm(),
                    Dialect.GEMINI, new GeminiForm(GeminiCall.AI_STUDIO),
                    Dialect.VERTEX, new GeminiForm(GeminiCall.VERTEX),
                    Dialect.ELEVENLABS, new ElevenLabsForm(),
                    Dialect.DEEPGRAM, new DeepgramForm());

    @Override
    public Service service() {
        return Service.TRANSCRIPTION;
    }

    @Override
    public boolean offers(Dialect provider, Endpoint client) {
        boolean translates =
                provider == Dialect.OPENAI
                        || provider == Dialect.GEMINI
                        || provider == Dialect.VERTEX;
        return FORMS.containsKey(provider) && (client == Endpoint.TRANSCRIPTIONS || translates);
    }

    @Override
    public AskedService read(ServiceRequest request) {
        TranscriptionRequest asked = ClientForm.read(request);
        return (provider, target) -> {
            ProviderForm form = FORMS.get(provider);
            if (form == null) {
                throw new Unsupported("model", "its provider does not write down speech");
            }
            return new ToldOnce(form.write(asked, target), body -> form.answer(asked, body));
        };
    }
}
