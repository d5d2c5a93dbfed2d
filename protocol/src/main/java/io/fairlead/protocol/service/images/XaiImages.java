package io.fairlead.protocol.service.images;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.openai.Conformance;
import io.fairlead.protocol.service.OpenAiAnswer;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Told;
import io.fairlead.protocol.translate.Translation.Unary;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * xAI: OpenAI's answers, and requests that are JSON in any case, with an aspect ratio in place of a
 * size. Members of its own pass. Stateless: any thread.
 */
final class XaiImages implements ImageForm {
    private static final Ratios RATIOS =
            new Ratios(
                    List.of(
                            "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "2:1", "1:2", "20:9",
                            "9:20", "19.5:9", "9:19.5"));

    /** What is said in other words, or can't be said. */
    private static final Set<String> NOT_ITS_OWN =
            Set.of(
                    "model",
                    "image",
                    "images",
                    "size",
                    "quality",
                    "background",
                    "output_format",
                    "output_compression",
                    "stream",
                    "style",
                    "moderation",
                    "input_fidelity",
                    "partial_images");

    @Override
    public boolean offers(Endpoint client) {
        return client != Endpoint.IMAGE_VARIATIONS;
    }

    @Override
    public Told write(ImageRequest asked, ServiceTarget target) {
        asked.refuseMask();
        if (asked.transparent()) {
            throw new Unsupported("background", "xAI has one that is opaque");
        }
        asked.refuseFormatsBut("xAI", List.of("jpeg"));
        List<String> dropped = asked.wishesAndQuality();
        JsonObject body = new JsonObject().put("model", target.model());
        for (Json.Member member : asked.body().members()) {
            if (!NOT_ITS_OWN.contains(member.name())) {
                body.put(member.name(), member.value());
            }
        }
        body.put("aspect_ratio", RATIOS.of(asked, dropped));
        for (Picture picture : asked.images()) {
            body.array("images").addObject().put("type", "image_url").put("url", picture.address());
        }
        return new Told(ProviderRequest.of(asked.endpoint().path(), body), dropped);
    }

    @Override
    public Unary read(ImageRequest asked, ServiceTarget target, byte[] body) {
        return OpenAiAnswer.read(
                asked.endpoint(), Conformance.on(Map.of(), target.model(), target.created()), body);
    }
}
