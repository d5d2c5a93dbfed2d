package io.fairlead.protocol.gemini;

import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatRequest;

import java.nio.charset.StandardCharsets;

/**
 * Writes requests. Immutable.
 *
 * @param vertex whether for Vertex AI
 */
record RequestWriter(boolean vertex) {
    ProviderRequest write(ChatRequest request) {
        JsonObject body = new JsonObject();
        Spelling spelling = new Spelling(request.beside());
        new TurnWriter(new PartWriter(false, vertex)).write(request, body, spelling);
        if (!request.tools().tools().isEmpty()) {
            spelling.list(body, "tools", ToolsWriter.write(request.tools().tools()));
        }
        request.tools().choice().ifPresent(choice -> ToolChoices.write(choice, body, spelling));
        ConfigWriter.write(request, body, spelling);
        spelling.put(body, "serviceTier", request.delivery().serviceTier());
        spelling.rest(body);
        return ProviderRequest.of(path(request), body);
    }

    private String path(ChatRequest request) {
        String model = request.model();
        String resource =
                model.startsWith("models/")
                                || model.startsWith("tunedModels/")
                                || model.startsWith("publishers/")
                                || model.startsWith("endpoints/")
                        ? encoded(model)
                        : (vertex ? "publishers/google/models/" : "models/") + encoded(model);
        return "/"
                + resource
                + (request.delivery().stream()
                        ? ":streamGenerateContent?alt=sse"
                        : ":generateContent");
    }

    /** So that nothing in a model's name ends the path. */
    private static String encoded(String model) {
        StringBuilder path = new StringBuilder(model.length());
        for (byte b : model.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (letter || (c >= '0' && c <= '9') || "-._~/@:".indexOf(c) >= 0) {
                path.append(c);
            } else {
                path.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return path.toString();
    }
}
