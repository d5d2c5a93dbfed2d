package io.fairlead.protocol.service.images;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.openai.FormData;
import io.fairlead.protocol.service.Base64Bytes;
import io.fairlead.protocol.service.ServiceRequest;
import io.fairlead.protocol.service.Upload;
import io.fairlead.protocol.service.images.ImageRequest.Size;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads requests of OpenAI's clients, as JSON or as a form, whose fields are taken as members of
 * JSON. Stateless: any thread.
 */
final class ImagesReader {
    private static final Set<String> NUMBERS = Set.of("n", "output_compression", "partial_images");
    private static final int LARGEST_SIDE = 16_384;
    private static final String SIZE = "a size such as 1024x1024, or auto";

    private ImagesReader() {}

    static ImageRequest read(ServiceRequest request) {
        boolean json =
                request.contentType()
                        .filter(type -> type.regionMatches(true, 0, "multipart/", 0, 10))
                        .isEmpty();
        if (json) {
            Fields fields = Fields.ofRequest(Fields.parse(request.body()));
            return read(request.endpoint(), fields, pictures(fields), fields.has("mask"));
        }
        FormData form = FormData.read(request.contentType(), request.body());
        List<Picture> pictures = new ArrayList<>();
        for (FormData.File file : form.files("image")) {
            pictures.add(new Picture(Optional.of(Upload.of(file)), ""));
        }
        return read(
                request.endpoint(),
                Fields.ofRequest(members(form)),
                pictures,
                !form.files("mask").isEmpty());
    }

    private static Json members(FormData form) {
        JsonObject members = new JsonObject();
        for (FormData.Field field : form.fields()) {
            String value = field.value().strip();
            if (value.isEmpty() || field.name().isEmpty()) {
                continue;
            }
            boolean digits =
                    value.length() <= 9 && value.chars().allMatch(c -> c >= '0' && c <= '9');
            if (NUMBERS.contains(field.name()) && digits) {
                members.put(field.name(), Long.parseLong(value));
            } else if (field.name().equals("stream")) {
                members.put("stream", value.equalsIgnoreCase("true"));
            } else {
                members.put(field.name(), value);
            }
        }
        return members.toJson();
    }

    /** {@code images: [{"image_url": …}]} of OpenAI, or {@code [{"url": …}]} of xAI. */
    private static List<Picture> pictures(Fields fields) {
        List<Picture> pictures = new ArrayList<>();
        for (Fields image : fields.objects("images")) {
            pictures.add(picture(image));
        }
        fields.peek("image")
                .filter(Json::isObject)
                .ifPresent(_ -> pictures.add(picture(fields.needObject("image"))));
        return pictures;
    }

    private static Picture picture(Fields image) {
        String name = image.has("image_url") ? "image_url" : "url";
        if (!image.has(name) && image.has("file_id")) {
            throw new Unreadable(
                    image.pathOf("file_id"), "is known to OpenAI only (expected: image_url)");
        }
        String url = image.text(name).orElseThrow(() -> image.invalid("image_url", "a URL"));
        if (!url.startsWith("data:")) {
            return new Picture(Optional.empty(), url);
        }
        int comma = url.indexOf(',');
        if (comma < 0 || !url.substring(0, comma).endsWith(";base64")) {
            throw new Unreadable(image.pathOf(name), "is no data URL in base64");
        }
        byte[] bytes = Base64Bytes.of(image.pathOf(name), url.substring(comma + 1));
        String type = url.substring(5, url.indexOf(';')).toLowerCase(Locale.ROOT);
        return new Picture(Optional.of(Upload.of(type, bytes)), "");
    }

    private static ImageRequest read(
            Endpoint endpoint, Fields fields, List<Picture> pictures, boolean masked) {
        boolean varied = endpoint == Endpoint.IMAGE_VARIATIONS;
        if (pictures.isEmpty() && endpoint != Endpoint.IMAGE_GENERATIONS) {
            throw new Unreadable("image", "is missing (expected: a file, or images in JSON)");
        }
        long n = fields.count("n").orElse(1L);
        if (n < 1) {
            throw fields.invalid("n", "1 or more");
        }
        if (fields.flag("stream").orElse(false)) {
            throw new Unsupported("stream", "the provider makes images as a whole");
        }
        Optional<String> asked = fields.text("response_format");
        if (asked.filter(it -> !it.equals("url") && !it.equals("b64_json")).isPresent()) {
            throw fields.invalid("response_format", "b64_json, url");
        }
        return new ImageRequest(
                endpoint,
                varied ? fields.text("prompt").orElse("") : fields.needText("prompt"),
                pictures,
                masked,
                n,
                fields.text("size").filter(it -> !it.equals("auto")).map(it -> size(fields, it)),
                fields.text("aspect_ratio"),
                fields.text("quality"),
                fields.text("background").filter("transparent"::equals).isPresent(),
                fields.text("output_format"),
                fields.count("output_compression"),
                asked.filter("url"::equals).isPresent(),
                fields.whole());
    }

    private static Size size(Fields fields, String text) {
        int x = text.indexOf('x');
        try {
            if (x > 0 && text.length() <= 11) {
                int width = Integer.parseInt(text.substring(0, x));
                int height = Integer.parseInt(text.substring(x + 1));
                if (width > 0 && height > 0 && Math.max(width, height) <= LARGEST_SIDE) {
                    return new Size(width, height);
                }
            }
        } catch (NumberFormatException _) {
            throw fields.invalid("size", SIZE);
        }
        throw fields.invalid("size", SIZE);
    }
}
