package io.fairlead.protocol.service.images;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Service;
import io.fairlead.protocol.service.AskedService;
import io.fairlead.protocol.service.GeminiCall;
import io.fairlead.protocol.service.OpenAiAnswer;
import io.fairlead.protocol.service.ServiceForms;
import io.fairlead.protocol.service.ServiceRequest;
import io.fairlead.protocol.translate.Translation;

import java.util.Map;

/** Images. Stateless: any thread. */
public final class ImageForms implements ServiceForms {
    private static final Map<Dialect, ImageForm> FORMS =
            Map.of(
                    Dialect.XAI, new XaiImages(),
                    Dialect.GEMINI, new GeminiImages(GeminiCall.AI_STUDIO),
                    Dialect.VERTEX, new GeminiImages(GeminiCall.VERTEX),
                    Dialect.BEDROCK, new BedrockImages(),
                    Dialect.STABILITY, new StabilityImages());

    @Override
    public Service service() {
        return Service.IMAGES;
    }

    @Override
    public boolean offers(Dialect provider, Endpoint client) {
        ImageForm form = FORMS.get(provider);
        return same(client, provider) || (form != null && form.offers(client));
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
        return new AskedImages(ImagesReader.read(request), FORMS);
    }
}
