package io.fairlead.protocol.service.embed;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Paths;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Vertex AI's: {@code predict} of the text embedding models, {@code embedContent} of those that
 * came after {@code gemini-embedding-001}. Stateless: any thread.
 */
final class VertexForm implements ProviderForm {
    private static final int MOST_INSTANCES = 250;
    private static final int MOST_TOKENS = 20_000;
    private static final String FIRST_GEMINI = "gemini-embedding-001";
    private static final Set<String> OWN = Set.of("task_type");

    @Override
    public int most(String model) {
        return model.contains("gemini-embedding") ? 1 : MOST_INSTANCES;
    }

    @Override
    public int mostCharacters(String model) {
        return MOST_TOKENS;
    }

    private static boolean predicts(String model) {
        return !model.contains("gemini-embedding") || model.contains(FIRST_GEMINI);
    }

    @Override
    public ProviderRequest write(EmbedCall call) {
        String path = "/publishers/google/models/" + Paths.segments(call.model());
        JsonObject body = new JsonObject();
        if (!predicts(call.model())) {
            GeminiForm.fill(call, call.inputs().getFirst(), body, true);
            return ProviderRequest.of(path + ":embedContent", body);
        }
        JsonArray instances = body.array("instances");
        Settings settings = call.settings();
        for (String text : call.texts()) {
            JsonObject instance = instances.addObject();
            instance.put("content", text)
                    .put("task_type", settings.purpose().map(GoogleEmbeddings::taskType))
                    .put("title", settings.title())
                    .merge(call.further(OWN));
        }
        JsonObject parameters =
                new JsonObject()
                        .put("autoTruncate", call.truncates())
                        .put("outputDimensionality", settings.dimensions());
        if (!parameters.isEmpty()) {
            body.put("parameters", parameters);
        }
        return ProviderRequest.of(path + ":predict", body);
    }

    @Override
    public EmbedAnswer read(Json body) {
        Fields fields = Fields.ofAnswer(body);
        if (!fields.has("predictions")) {
            return GoogleEmbeddings.readAnswer(body);
        }
        List<EmbedAnswer.Embedding> all = new ArrayList<>();
        long tokens = 0;
        boolean counted = false;
        for (Fields prediction : fields.objects("predictions")) {
            Fields one = prediction.needObject("embeddings");
            all.add(EmbedAnswer.Embedding.of(values(one)));
            Optional<Long> count = one.object("statistics").flatMap(it -> it.count("token_count"));
            counted |= count.isPresent();
            tokens += count.orElse(0L);
        }
        return EmbedAnswer.of(all, counted ? Optional.of(tokens) : Optional.empty());
    }

    private static Vector values(Fields embeddings) {
        Json values = embeddings.needJson("values");
        if (!values.isArray()) {
            throw new Unreadable(embeddings.pathOf("values"), "is no array (expected: an array)");
        }
        return Vector.of(values);
    }
}
