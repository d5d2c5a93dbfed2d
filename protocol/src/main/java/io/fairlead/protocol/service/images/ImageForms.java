package io.fairlead.protocol.service.images;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Service;
import io.fairlead.protocol.service.AskedService;
import io.fairlead.protocol.service.GeminiCall;
import io.fairlead.protocol.service.OpenAiServiceForms;
import io.fairlead.protocol.service.ServiceRequest;

import java.util.Map;

/** Images. Stateless: any thread. */
public final class ImageForms implements OpenAiServiceForms {
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
    public AskedService read(ServiceRequest request) {
        return new AskedImages(ImagesReader.read(request), FORMS);
    }
}
