package io.fairlead.protocol.service.images;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Media.Source.Inline;
import io.fairlead.protocol.service.Blocked;
import io.fairlead.protocol.service.GeminiCall;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Told;
import io.fairlead.protocol.service.Upload;
import io.fairlead.protocol.service.images.ImagesWriter.Made;
import io.fairlead.protocol.translate.Translation.Unary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Google, AI Studio or Vertex AI: Gemini's image models answer a turn with an image, Imagen's have
 * {@code :predict}. Stateless: any thread.
 */
final class GeminiImages implements ImageForm {
    private static final Ratios GEMINI =
            new Ratios(
                    List.of(
                            "1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9",
                            "21:9"));
    private static final Ratios IMAGEN = new Ratios(List.of("1:1", "3:4", "4:3", "9:16", "16:9"));
    private static final String PNG = "image/png";

    private final GeminiCall gemini;

    GeminiImages(GeminiCall gemini) {
        this.gemini = gemini;
    }

    private static boolean isImagen(ServiceTarget target) {
        return target.model().contains("imagen");
    }

    @Override
    public boolean offers(Endpoint client) {
        return client != Endpoint.IMAGE_VARIATIONS;
    }

    @Override
    public Told write(ImageRequest asked, ServiceTarget target) {
        asked.refuseOpenAisOwn();
        return isImagen(target) ? imagen(asked, target) : turn(asked, target);
    }

    private Told turn(ImageRequest asked, ServiceTarget target) {
        asked.refuseMoreThan(1);
        asked.refuseFormatsBut("Gemini", List.of("png"));
        List<String> dropped = asked.wishesAndQuality();
        JsonArray parts = new JsonArray();
        for (Picture picture : asked.images()) {
            Upload upload = picture.bytes();
            parts.addObject()
                    .object("inlineData")
                    .put("mimeType", upload.mediaType())
                    .put("data", upload.base64());
        }
        parts.addObject().put("text", asked.prompt());
        JsonObject config = new JsonObject();
        config.array("responseModalities").add("TEXT").add("IMAGE");
        GEMINI.of(asked, dropped)
                .ifPresent(ratio -> config.object("imageConfig").put("aspectRatio", ratio));
        return new Told(gemini.request(target, parts, config), dropped);
    }

    private Told imagen(ImageRequest asked, ServiceTarget target) {
        if (!asked.images().isEmpty()) {
            throw new Unsupported("image", "Imagen makes images of text only");
        }
        asked.refuseMoreThan(4);
        asked.refuseFormatsBut("Imagen", List.of("png", "jpeg"));
        List<String> dropped = asked.wishes();
        if (asked.quality().filter(it -> !it.equals("auto")).isPresent()) {
            dropped.add("quality");
        }
        JsonObject body = new JsonObject();
        body.array("instances").addObject().put("prompt", asked.prompt());
        JsonObject parameters = body.object("parameters").put("sampleCount", asked.n());
        parameters.put("aspectRatio", IMAGEN.of(asked, dropped));
        asked.format()
                .ifPresent(it -> parameters.object("outputOptions").put("mimeType", "image/" + it));
        asked.compression()
                .ifPresent(it -> parameters.object("outputOptions").put("compressionQuality", it));
        return new Told(ProviderRequest.of(gemini.path(target, "predict"), body), dropped);
    }

    @Override
    public Unary read(ImageRequest asked, ServiceTarget target, byte[] body) {
        return ImagesWriter.write(isImagen(target) ? predicted(body) : said(body), target);
    }

    private Made said(byte[] body) {
        ChatAnswer answer = gemini.read(body);
        List<Inline> media = GeminiCall.media(answer);
        String text = GeminiCall.text(answer);
        if (media.isEmpty() && !text.isBlank()) {
            throw new Blocked("it answered in words and made no image");
        }
        return new Made(
                media.stream().map(Inline::base64).toList(),
                media.isEmpty() ? PNG : media.getFirst().mediaType(),
                text,
                GeminiCall.usage(answer));
    }

    private static Made predicted(byte[] body) {
        Fields answer = Fields.ofAnswer(Fields.parse(body));
        List<String> images = new ArrayList<>();
        String type = PNG;
        Optional<String> reason = Optional.empty();
        for (Fields prediction : answer.objects("predictions")) {
            Optional<String> image = prediction.text("bytesBase64Encoded");
            if (image.isPresent()) {
                images.add(image.get());
                type = prediction.text("mimeType").orElse(type);
            } else {
                reason = prediction.text("raiFilteredReason").or(() -> Optional.of("filtered"));
            }
        }
        // Imagen leaves out what its filter takes, up to the whole list
        if (images.isEmpty() && (reason.isPresent() || answer.whole().isEmpty())) {
            throw new Blocked(reason.orElse("no image passed its filter"));
        }
        return new Made(images, type, "", Optional.empty());
    }
}
