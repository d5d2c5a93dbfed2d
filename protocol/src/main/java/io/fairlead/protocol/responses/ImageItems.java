package io.fairlead.protocol.responses;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;

import java.util.Optional;

/**
 * Images that the model made: what OpenAI's own tool for that makes is an image to clients of all
 * protocols, and images of other models look as if that tool had made them. Stateless: any thread.
 */
final class ImageItems {
    static final String TYPE = "image_generation_call";

    private ImageItems() {}

    /** The image; a step of another tool's, as long as there is none. */
    static Part read(Fields item) {
        Optional<Json> result =
                item.peek("result").filter(Json::isString).filter(text -> !text.is(""));
        if (result.isEmpty()) {
            return Foreign.of(Wire.SELF, TYPE, item.whole());
        }
        String format =
                item.peek("output_format").filter(Json::isString).map(Json::text).orElse("");
        String type =
                switch (format) {
                    case "jpeg", "webp" -> "image/" + format;
                    default -> "image/png";
                };
        item.take("type");
        item.take("result");
        item.form("own");
        item.form(TYPE);
        return Media.inline(Media.Kind.IMAGE, type, result.get().text())
                .withMarks(Marks.of(item.rest(Wire.SELF)));
    }

    /** Whether an image is an item of its own, not part of what a message shows. */
    static boolean is(Part part) {
        return part instanceof Media media && Wire.form(media.marks().beside(), TYPE);
    }

    /**
     * @param id of an image that came without one
     */
    static JsonObject write(String id, Media media, Media.Source.Inline inline) {
        JsonObject item = new JsonObject().put("type", TYPE);
        if (!is(media)) {
            item.put("id", id).put("status", AnswerItems.COMPLETED);
        }
        item.put("result", inline.base64());
        item.merge(media.marks().beside().of(Wire.SELF));
        return item;
    }
}
