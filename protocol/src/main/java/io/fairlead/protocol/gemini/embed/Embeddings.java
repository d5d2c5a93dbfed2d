package io.fairlead.protocol.gemini.embed;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes {@code embedContent} and {@code batchEmbedContents}. Stateless: any thread. */
public final class Embeddings {
    private static final Protocol ORIGIN = Protocol.GEMINI;
    private static final String SNAKE = "snake";

    private Embeddings() {}

    /**
     * Reads what a client wants embedded.
     *
     * @throws io.fairlead.protocol.codec.Unreadable if a field is missing or of a wrong type
     */
    public static EmbedRequest readRequest(WireRequest request) {
        Fields body = Fields.ofRequest(request.body());
        String model = request.model().orElse("");
        if (!body.has("requests")) {
            return new EmbedRequest(model, false, List.of(input(body)), Beside.NONE);
        }
        List<EmbedInput> inputs = new ArrayList<>();
        for (Fields one : body.objects("requests")) {
            inputs.add(input(one));
        }
        return new EmbedRequest(model, true, inputs, body.rest(ORIGIN));
    }

    private static EmbedInput input(Fields body) {
        Fields content = body.needObject("content");
        List<Json> parts = new ArrayList<>();
        for (Fields part : content.objects("parts")) {
            parts.add(part.whole());
        }
        boolean snake = body.has("task_type") || body.has("output_dimensionality");
        if (snake) {
            body.form(SNAKE);
        }
        return new EmbedInput(
                parts,
                body.text(snake ? "task_type" : "taskType"),
                body.text("title"),
                body.count(snake ? "output_dimensionality" : "outputDimensionality"),
                body.rest(ORIGIN));
    }

    /** Below the version of AI Studio; each request of a batch repeats the model. */
    public static ProviderRequest writeRequest(EmbedRequest request) {
        String resource = "models/" + request.model();
        if (!request.batch()) {
            JsonObject body = input(request.inputs().getFirst(), Optional.empty());
            return ProviderRequest.of("/" + resource + ":embedContent", body);
        }
        JsonObject body = new JsonObject();
        JsonArray requests = body.array("requests");
        for (EmbedInput input : request.inputs()) {
            requests.add(input(input, Optional.of(resource)));
        }
        body.merge(request.beside().of(ORIGIN));
        return ProviderRequest.of("/" + resource + ":batchEmbedContents", body);
    }

    private static JsonObject input(EmbedInput input, Optional<String> model) {
        boolean snake = input.beside().form(ORIGIN, SNAKE);
        JsonObject body = new JsonObject();
        body.put(
                "model", input.beside().of(ORIGIN).containsKey("model") ? Optional.empty() : model);
        JsonArray parts = body.object("content").array("parts");
        input.parts().forEach(parts::add);
        body.put(snake ? "task_type" : "taskType", input.taskType());
        body.put("title", input.title());
        body.put(snake ? "output_dimensionality" : "outputDimensionality", input.dimensions());
        body.merge(input.beside().of(ORIGIN));
        return body;
    }

    /**
     * Reads the vectors of a provider.
     *
     * @throws io.fairlead.protocol.codec.Unreadable if these are no vectors
     */
    public static EmbedAnswer readAnswer(Json body) {
        Fields fields = Fields.ofAnswer(body);
        List<Json> vectors = new ArrayList<>();
        boolean batch = fields.has("embeddings");
        List<Fields> all =
                batch
                        ? fields.objects("embeddings")
                        : List.of(Fields.ofAnswer(fields.needJson("embedding")));
        for (Fields one : all) {
            vectors.add(one.json("values").filter(Json::isArray).orElse(Json.EMPTY_ARRAY));
        }
        long tokens =
                fields.object("usageMetadata")
                        .map(usage -> usage.positive("promptTokenCount"))
                        .orElse(0L);
        return new EmbedAnswer(batch, vectors, tokens, fields.rest(ORIGIN));
    }

    public static byte[] writeAnswer(EmbedAnswer answer) {
        JsonObject body = new JsonObject();
        if (answer.batch()) {
            JsonArray embeddings = body.array("embeddings");
            answer.vectors().forEach(vector -> embeddings.addObject().put("values", vector));
        } else if (!answer.vectors().isEmpty()) {
            body.object("embedding").put("values", answer.vectors().getFirst());
        }
        if (answer.inputTokens() > 0) {
            body.object("usageMetadata").put("promptTokenCount", answer.inputTokens());
        }
        body.merge(answer.beside().of(ORIGIN));
        return body.toBytes();
    }
}
