package io.fairlead.protocol.service.embed;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.service.ServiceTarget;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gemini's form of clients: {@code embedContent} and {@code batchEmbedContents}. Stateless: any
 * thread.
 */
final class GoogleEmbeddings implements ClientForm {
    static final Protocol ORIGIN = Protocol.GEMINI;
    static final String SNAKE = "snake";

    private final boolean batch;

    GoogleEmbeddings(boolean batch) {
        this.batch = batch;
    }

    @Override
    public EmbedRequest read(Json body) {
        Fields fields = Fields.ofRequest(body);
        List<EmbedInput> inputs = new ArrayList<>();
        Optional<Truncation> truncation = Optional.empty();
        if (batch) {
            fields.needJson("requests");
            for (Fields one : fields.objects("requests")) {
                inputs.add(input(one));
            }
            if (inputs.isEmpty()) {
                throw fields.invalid("requests", "an array that is not empty");
            }
        } else {
            truncation =
                    fields.flag("autoTruncate").map(it -> it ? Truncation.END : Truncation.NONE);
            inputs.add(input(fields));
        }
        return new EmbedRequest(
                inputs,
                !batch,
                Optional.empty(),
                truncation,
                batch ? fields.rest(ORIGIN) : Beside.NONE,
                Words.GEMINI);
    }

    private static EmbedInput input(Fields fields) {
        fields.take("model"); // the path says it too
        Fields content = fields.needObject("content");
        List<Json> parts = new ArrayList<>();
        for (Fields part : content.objects("parts")) {
            parts.add(part.whole());
        }
        if (parts.isEmpty()) {
            throw content.invalid("parts", "an array that is not empty");
        }
        boolean snake = fields.has("task_type") || fields.has("output_dimensionality");
        if (snake) {
            fields.form(SNAKE);
        }
        Optional<Purpose> purpose = purpose(fields, snake ? "task_type" : "taskType");
        Settings settings =
                new Settings(
                        fields.count(snake ? "output_dimensionality" : "outputDimensionality"),
                        purpose,
                        fields.text("title"));
        return new EmbedInput(new Content.Parts(parts), settings, fields.rest(ORIGIN));
    }

    private static Optional<Purpose> purpose(Fields fields, String name) {
        Optional<Purpose> purpose =
                fields.peek(name).filter(Json::isString).map(Json::text).flatMap(Purpose::of);
        if (purpose.isPresent()) {
            fields.take(name);
        }
        return purpose;
    }

    @Override
    public byte[] write(EmbedAnswer answer, EmbedRequest asked, ServiceTarget target) {
        JsonObject body = new JsonObject();
        if (batch) {
            JsonArray all = body.array("embeddings");
            answer.embeddings().forEach(one -> write(one, all.addObject()));
        } else {
            write(answer.embeddings().getFirst(), body.object("embedding"));
        }
        answer.tokens()
                .ifPresent(tokens -> body.object("usageMetadata").put("promptTokenCount", tokens));
        body.merge(answer.beside().of(ORIGIN));
        return body.toBytes();
    }

    private static void write(EmbedAnswer.Embedding embedding, JsonObject out) {
        out.put("values", embedding.vector().numbers());
        out.merge(embedding.beside().of(ORIGIN));
    }

    /** Google's word for it. */
    static String taskType(Purpose purpose) {
        return switch (purpose) {
            case QUERY -> "RETRIEVAL_QUERY";
            case DOCUMENT -> "RETRIEVAL_DOCUMENT";
            case SIMILARITY -> "SEMANTIC_SIMILARITY";
            case CLASSIFICATION -> "CLASSIFICATION";
            case CLUSTERING -> "CLUSTERING";
            case QUESTION -> "QUESTION_ANSWERING";
            case FACT -> "FACT_VERIFICATION";
            case CODE_QUERY -> "CODE_RETRIEVAL_QUERY";
        };
    }

    /** Reads what both methods of AI Studio and Vertex AI's answer. */
    static EmbedAnswer readAnswer(Json body) {
        Fields fields = Fields.ofAnswer(body);
        List<EmbedAnswer.Embedding> all = new ArrayList<>();
        if (fields.has("embeddings")) {
            for (Fields one : fields.objects("embeddings")) {
                all.add(embedding(one));
            }
        } else {
            all.add(embedding(fields.needObject("embedding")));
        }
        Optional<Long> tokens =
                fields.object("usageMetadata").flatMap(usage -> usage.count("promptTokenCount"));
        return new EmbedAnswer(all, tokens, Optional.empty(), rest(fields));
    }

    private static Beside rest(Fields fields) {
        fields.take("embedding");
        return fields.rest(ORIGIN);
    }

    private static EmbedAnswer.Embedding embedding(Fields one) {
        Json values = one.needJson("values");
        if (!values.isArray()) {
            throw new Unreadable(one.pathOf("values"), "is no array (expected: an array)");
        }
        return new EmbedAnswer.Embedding(Vector.of(values), one.rest(ORIGIN));
    }
}
