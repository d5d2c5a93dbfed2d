package io.fairlead.simulator.openai;

import io.fairlead.simulator.SimAnswer;

import java.util.StringJoiner;

/** {@code POST /v1/images/…}: one grey pixel, as data or by a URL that leads nowhere. Stateless. */
final class Images {
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";
    private static final int OUTPUT_TOKENS = 272;

    private Images() {}

    static SimAnswer answer(Call call, String prompt) {
        int input = SimTokens.count(prompt);
        int images = Math.clamp(call.json().path("n").asInt(1), 1, 10);
        String size = call.json().path("size").asString("1024x1024");
        if (size.equals("auto")) {
            size = "1024x1024";
        }
        String usage =
                "\"usage\":{\"total_tokens\":"
                        + (input + OUTPUT_TOKENS * images)
                        + ",\"input_tokens\":"
                        + input
                        + ",\"output_tokens\":"
                        + OUTPUT_TOKENS * images
                        + ",\"input_tokens_details\":{\"text_tokens\":"
                        + input
                        + ",\"image_tokens\":0}}";
        String format =
                "\"size\":"
                        + Json.quote(size)
                        + ",\"quality\":\"low\",\"background\":\"opaque\",\"output_format\":\"png\",";
        if (call.streams()) {
            String type =
                    call.request().path().endsWith("/edits") ? "image_edit" : "image_generation";
            String common =
                    "\"b64_json\":\""
                            + PIXEL
                            + "\",\"created_at\":"
                            + call.createdSeconds()
                            + ","
                            + format;
            EventScript script = new EventScript(call);
            int partial = Math.clamp(call.json().path("partial_images").asInt(0), 0, 3);
            for (int i = 0; i < partial; i++) {
                String name = type + ".partial_image";
                script.named(
                        name,
                        "{\"type\":\""
                                + name
                                + "\","
                                + common
                                + "\"partial_image_index\":"
                                + i
                                + "}");
            }
            String name = type + ".completed";
            return script.named(name, "{\"type\":\"" + name + "\"," + common + usage + "}").reply();
        }
        boolean url = call.json().path("response_format").asString("").equals("url");
        StringJoiner data = new StringJoiner(",");
        for (int i = 0; i < images; i++) {
            data.add(
                    url
                            ? "{\"url\":\"https://images.example.com/"
                                    + call.id()
                                    + "-"
                                    + i
                                    + ".png\"}"
                            : "{\"b64_json\":\"" + PIXEL + "\"}");
        }
        return SimAnswer.json(
                        200,
                        "{\"created\":"
                                + call.createdSeconds()
                                + ",\"data\":["
                                + data
                                + "],"
                                + format
                                + usage
                                + "}")
                .after(call.untilComplete(0));
    }
}
