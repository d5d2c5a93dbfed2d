package io.fairlead.protocol.service.images;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Paths;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.service.Blocked;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Told;
import io.fairlead.protocol.service.images.ImagesWriter.Made;
import io.fairlead.protocol.translate.Translation.Unary;

import java.util.List;
import java.util.Optional;

/**
 * Bedrock's InvokeModel: Amazon's models (Nova Canvas, Titan) have tasks, Stability's take a
 * prompt; both answer with a list of images. Stateless: any thread.
 */
final class BedrockImages implements ImageForm {
    @Override
    public boolean offers(Endpoint client) {
        return client != Endpoint.IMAGE_EDITS;
    }

    @Override
    public Told write(ImageRequest asked, ServiceTarget target) {
        asked.refuseOpenAisOwn();
        String path = "/model/" + Paths.segment(target.model()) + "/invoke";
        if (target.model().contains("stability.")) {
            return stability(asked, path);
        }
        if (target.model().contains("nova-canvas") || target.model().contains("titan-image")) {
            return amazon(asked, path);
        }
        throw new Unsupported("model", "it is no image model of Bedrock that is known here");
    }

    private static Told stability(ImageRequest asked, String path) {
        if (!asked.images().isEmpty()) {
            throw new Unsupported("image", "Stability's models on Bedrock vary no image");
        }
        asked.refuseMoreThan(1);
        asked.refuseFormatsBut("Stability", List.of("png", "jpeg"));
        List<String> dropped = asked.wishesAndQuality();
        JsonObject body =
                new JsonObject()
                        .put("prompt", asked.prompt())
                        .put("aspect_ratio", StabilityImages.RATIOS.of(asked, dropped))
                        .put("output_format", asked.format().orElse("png"));
        return new Told(ProviderRequest.of(path, body), dropped);
    }

    private static Told amazon(ImageRequest asked, String path) {
        asked.refuseMoreThan(5);
        asked.refuseFormatsBut("Amazon", List.of("png"));
        List<String> dropped = asked.wishes();
        if (asked.compression().isPresent()) {
            dropped.add("output_compression");
        }
        JsonObject body = new JsonObject();
        if (asked.images().isEmpty()) {
            body.put("taskType", "TEXT_IMAGE")
                    .object("textToImageParams")
                    .put("text", asked.prompt());
        } else {
            JsonObject varied =
                    body.put("taskType", "IMAGE_VARIATION").object("imageVariationParams");
            for (Picture picture : asked.images()) {
                varied.array("images").add(picture.bytes().base64());
            }
            if (!asked.prompt().isBlank()) {
                varied.put("text", asked.prompt());
            }
        }
        JsonObject config = body.object("imageGenerationConfig").put("numberOfImages", asked.n());
        asked.size()
                .ifPresent(size -> config.put("width", size.width()).put("height", size.height()));
        if (asked.best()) {
            config.put("quality", "premium");
        }
        return new Told(ProviderRequest.of(path, body), dropped);
    }

    @Override
    public Unary read(ImageRequest asked, ServiceTarget target, byte[] body) {
        Fields answer = Fields.ofAnswer(Fields.parse(body));
        List<String> images = answer.texts("images");
        if (images.isEmpty()) {
            reason(answer)
                    .ifPresent(reason -> {
                        throw new Blocked(reason);
                    });
        }
        return ImagesWriter.write(
                new Made(images, "image/" + asked.format().orElse("png"), "", Optional.empty()),
                target);
    }

    private static Optional<String> reason(Fields answer) {
        return answer.text("error")
                .or(() ->
                        answer.json("finish_reasons")
                                .flatMap(reasons -> reasons.elements().stream().findFirst())
                                .filter(Json::isString)
                                .map(Json::text));
    }
}
