package io.fairlead.protocol.service.images;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.translate.Translation.Unary;

import java.util.List;
import java.util.Optional;

/** Writes images as OpenAI's clients want them. Stateless: any thread. */
final class ImagesWriter {
    /**
     * What was made. Immutable.
     *
     * @param base64 each image
     * @param mediaType of all of them
     * @param text what the provider says besides; empty: nothing
     */
    record Made(List<String> base64, String mediaType, String text, Optional<Usage> usage) {
        Made {
            base64 = List.copyOf(base64);
        }
    }

    private ImagesWriter() {}

    static Unary write(Made made, ServiceTarget target) {
        if (made.base64().isEmpty()) {
            throw new Unreadable("", "there is no image in it");
        }
        JsonObject answer = new JsonObject().put("created", target.created());
        for (String image : made.base64()) {
            JsonObject written = answer.array("data").addObject().put("b64_json", image);
            if (!made.text().isBlank()) {
                written.put("revised_prompt", made.text().strip());
            }
        }
        if (made.mediaType().startsWith("image/")) {
            answer.put("output_format", made.mediaType().substring("image/".length()));
        }
        made.usage().ifPresent(counts -> usage(answer.object("usage"), counts));
        return Unary.json(answer.toBytes(), made.usage(), Optional.empty(), Optional.empty());
    }

    private static void usage(JsonObject usage, Usage counts) {
        usage.put("input_tokens", counts.inputTokens())
                .put("output_tokens", counts.outputTokens())
                .put("total_tokens", counts.totalTokens());
        usage.object("input_tokens_details")
                .put("text_tokens", counts.inputTokens() - counts.imageInputTokens())
                .put("image_tokens", counts.imageInputTokens());
        usage.object("output_tokens_details")
                .put("text_tokens", counts.outputTokens() - counts.imageOutputTokens())
                .put("image_tokens", counts.imageOutputTokens());
    }
}
