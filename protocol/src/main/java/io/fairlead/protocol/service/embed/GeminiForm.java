package io.fairlead.protocol.service.embed;

import io.fairlead.protocol.codec.Paths;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.Optional;
import java.util.Set;

/** Gemini's methods as AI Studio has them. Stateless: any thread. */
final class GeminiForm implements ProviderForm {
    private static final int MOST = 100;
    private static final Set<String> OWN = Set.of("task_type", "taskType");

    @Override
    public int most(String model) {
        return MOST;
    }

    @Override
    public ProviderRequest write(EmbedCall call) {
        String resource = "models/" + call.model();
        String path = "/models/" + Paths.segments(call.model());
        call.dropTruncation();
        if (call.single()) {
            JsonObject body = new JsonObject();
            fill(call, call.inputs().getFirst(), body, false);
            return ProviderRequest.of(path + ":embedContent", body);
        }
        JsonObject body = new JsonObject();
        JsonArray requests = body.array("requests");
        for (EmbedInput input : call.inputs()) {
            JsonObject one = requests.addObject().put("model", resource);
            fill(call, input, one, false);
        }
        body.merge(call.beside().of(GoogleEmbeddings.ORIGIN));
        return ProviderRequest.of(path + ":batchEmbedContents", body);
    }

    /**
     * Fills in one content and what is wished of its vector.
     *
     * @param truncates whether it can be said what becomes of long texts
     */
    static void fill(EmbedCall call, EmbedInput input, JsonObject body, boolean truncates) {
        boolean snake = input.beside().form(GoogleEmbeddings.ORIGIN, GoogleEmbeddings.SNAKE);
        JsonArray parts = body.object("content").array("parts");
        if (input.content() instanceof Content.Parts said) {
            said.parts().forEach(parts::add);
        } else {
            parts.addObject().put("text", call.text(input.content()));
        }
        Settings settings = input.settings();
        Optional<String> task = settings.purpose().map(GoogleEmbeddings::taskType);
        body.put(snake ? "task_type" : "taskType", task)
                .put("title", settings.title())
                .put(
                        snake ? "output_dimensionality" : "outputDimensionality",
                        settings.dimensions());
        if (truncates) {
            body.put("autoTruncate", call.truncates());
        }
        body.merge(input.beside().of(GoogleEmbeddings.ORIGIN));
        body.merge(call.further(OWN));
    }

    @Override
    public EmbedAnswer read(Json body) {
        return GoogleEmbeddings.readAnswer(body);
    }
}
