package io.fairlead.protocol.gemini;

import io.fairlead.protocol.codec.Paths;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatRequest;

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
                        ? Paths.segments(model)
                        : (vertex ? "publishers/google/models/" : "models/")
                                + Paths.segments(model);
        return "/"
                + resource
                + (request.delivery().stream()
                        ? ":streamGenerateContent?alt=sse"
                        : ":generateContent");
    }
}
