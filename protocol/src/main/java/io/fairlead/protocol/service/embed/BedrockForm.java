package io.fairlead.protocol.service.embed;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Paths;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Bedrock's InvokeModel, whose body is in the form of the model's maker: Amazon Titan and Nova,
 * Cohere. Stateless: any thread.
 */
final class BedrockForm implements ProviderForm {
    private static final Set<String> OF_TITAN = Set.of("normalize", "embeddingTypes");
    private static final Set<String> OF_NOVA = Set.of();
    private static final CohereForm COHERE = new CohereForm();

    /** Whose form it is. */
    private enum Family {
        TITAN_FIRST,
        TITAN,
        TITAN_IMAGE,
        NOVA,
        COHERE,
        UNKNOWN;

        static Family of(String model) {
            String name = model.toLowerCase(Locale.ROOT);
            if (name.contains("cohere.embed")) {
                return COHERE;
            } else if (name.contains("nova") && name.contains("embed")) {
                return NOVA;
            } else if (name.contains("titan-embed-image")) {
                return TITAN_IMAGE;
            } else if (name.contains("titan-embed-text-v1") || name.contains("titan-embed-g1")) {
                return TITAN_FIRST;
            }
            return name.contains("titan-embed") ? TITAN : UNKNOWN;
        }
    }

    @Override
    public int most(String model) {
        return Family.of(model) == Family.COHERE ? COHERE.most(model) : 1;
    }

    @Override
    public boolean imagesAlone(String model) {
        return Family.of(model) == Family.COHERE && COHERE.imagesAlone(model);
    }

    @Override
    public ProviderRequest write(EmbedCall call) {
        JsonObject body = new JsonObject();
        switch (Family.of(call.model())) {
            case COHERE -> {
                boolean fourth = call.model().contains("embed-v4");
                CohereForm.fill(
                        call, body, fourth ? "LEFT" : "START", fourth ? "RIGHT" : "END", true);
            }
            case NOVA -> nova(call, body);
            case TITAN -> {
                titan(call, body);
                body.put("dimensions", call.settings().dimensions());
            }
            case TITAN_FIRST -> {
                call.refuseDimensions();
                titan(call, body);
            }
            case TITAN_IMAGE -> {
                pictured(call, body);
                call.settings()
                        .dimensions()
                        .ifPresent(length ->
                                body.object("embeddingConfig")
                                        .put("outputEmbeddingLength", length));
            }
            case UNKNOWN ->
                    throw call.unsupported(
                            "model",
                            "at Bedrock, vectors come from models of amazon.titan-embed,"
                                    + " amazon.nova and cohere.embed");
        }
        return ProviderRequest.of("/model/" + Paths.segment(call.model()) + "/invoke", body);
    }

    /** A text, an image, or one of each. */
    private static void pictured(EmbedCall call, JsonObject body) {
        if (!call.pictured()) {
            titan(call, body);
            return;
        }
        Pieces pieces = call.pieces(call.inputs().getFirst());
        if (pieces.images().size() != 1) {
            throw call.unable("this model makes a vector of one image, with or without a text");
        }
        body.put("inputImage", pieces.images().getFirst().base64());
        body.put("inputText", pieces.words());
        further(call, body);
    }

    private static void titan(EmbedCall call, JsonObject body) {
        body.put("inputText", call.texts().getFirst());
        further(call, body);
    }

    private static void further(EmbedCall call, JsonObject body) {
        call.dropPurpose();
        call.dropTitle();
        call.dropTruncation();
        body.merge(call.further(OF_TITAN));
    }

    private static void nova(EmbedCall call, JsonObject body) {
        Settings settings = call.settings();
        body.put("schemaVersion", "nova-multimodal-embed-v1").put("taskType", "SINGLE_EMBEDDING");
        JsonObject single = body.object("singleEmbeddingParams");
        single.put("embeddingPurpose", purpose(settings))
                .put("embeddingDimension", settings.dimensions());
        if (call.pictured()) {
            List<Pieces.Piece> pieces = call.pieces(call.inputs().getFirst()).all();
            if (pieces.size() != 1 || !(pieces.getFirst() instanceof Pieces.Piece.Image image)) {
                throw call.unable("this model makes a vector of one text or one image");
            }
            JsonObject picture = single.object("image");
            picture.put("format", image.format()).put("detailLevel", "STANDARD_IMAGE");
            picture.object("source").put("bytes", image.base64());
            call.dropTruncation();
        } else {
            single.object("text")
                    .put("truncationMode", call.truncation().orElse(Truncation.NONE).name())
                    .put("value", call.texts().getFirst());
        }
        call.dropTitle();
        call.further(OF_NOVA);
    }

    private static String purpose(Settings settings) {
        if (settings.purpose().isEmpty()) {
            return "GENERIC_INDEX";
        }
        return switch (settings.purpose().get()) {
            case QUERY, QUESTION, FACT, CODE_QUERY -> "GENERIC_RETRIEVAL";
            case DOCUMENT, SIMILARITY -> "GENERIC_INDEX";
            case CLASSIFICATION -> "CLASSIFICATION";
            case CLUSTERING -> "CLUSTERING";
        };
    }

    @Override
    public EmbedAnswer read(Json body) {
        Fields fields = Fields.ofAnswer(body);
        Optional<Json> ofTitan = fields.json("embedding").filter(Json::isArray);
        if (ofTitan.isPresent()) {
            return EmbedAnswer.of(
                    List.of(EmbedAnswer.Embedding.of(Vector.of(ofTitan.get()))),
                    fields.count("inputTextTokenCount"));
        }
        Optional<Json> all = fields.peek("embeddings");
        boolean ofNova =
                all.filter(it ->
                                it.isArray()
                                        && !it.isEmpty()
                                        && it.elements().getFirst().isObject())
                        .isPresent();
        return ofNova ? ofNova(fields) : COHERE.read(body);
    }

    private static EmbedAnswer ofNova(Fields fields) {
        List<EmbedAnswer.Embedding> all = new ArrayList<>();
        for (Fields one : fields.objects("embeddings")) {
            Json vector = one.needJson("embedding");
            if (!vector.isArray()) {
                throw new Unreadable(one.pathOf("embedding"), "is no array (expected: an array)");
            }
            all.add(EmbedAnswer.Embedding.of(Vector.of(vector)));
        }
        return EmbedAnswer.of(all, fields.count("inputTextTokenCount"));
    }
}
