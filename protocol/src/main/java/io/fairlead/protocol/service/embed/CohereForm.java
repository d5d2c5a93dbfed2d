package io.fairlead.protocol.service.embed;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Cohere's {@code embed}, at Cohere's and in Bedrock's InvokeModel. Stateless: any thread. */
final class CohereForm implements ProviderForm {
    private static final int MOST = 96;
    private static final String TYPES = "embedding_types";
    private static final String INPUT_TYPE = "input_type";
    private static final Set<String> OWN = Set.of("max_tokens", "priority", TYPES, INPUT_TYPE);

    @Override
    public int most(String model) {
        return MOST;
    }

    @Override
    public ProviderRequest write(EmbedCall call) {
        JsonObject body = new JsonObject().put("model", call.model());
        fill(call, body, "START", "END", false);
        return ProviderRequest.of("/embed", body);
    }

    /**
     * Fills in all but the model.
     *
     * @param start what it is called to cut off the beginning
     * @param end what it is called to cut off the end
     * @param bare whether the address of an image stands there without an object around it
     */
    static void fill(EmbedCall call, JsonObject body, String start, String end, boolean bare) {
        Map<String, Json> further = call.further(OWN);
        Settings settings = call.settings();
        if (!further.containsKey(INPUT_TYPE)) {
            body.put(
                    INPUT_TYPE,
                    call.pictured() && isThird(call.model()) ? "image" : inputType(call, settings));
        }
        if (!further.containsKey(TYPES)) {
            body.put(TYPES, new JsonArray().add("float"));
        }
        if (!call.pictured()) {
            body.put("texts", JsonArray.ofTexts(call.texts()));
        } else if (isThird(call.model())) {
            body.array("images").add(onlyImage(call));
        } else {
            pictures(call, body.array("inputs"), bare);
        }
        body.put("output_dimension", settings.dimensions());
        body.put(
                "truncate",
                call.truncation()
                        .map(it ->
                                switch (it) {
                                    case NONE -> "NONE";
                                    case START -> start;
                                    case END -> end;
                                }));
        call.dropTitle();
        body.merge(further);
    }

    /** The third generation has images alone, and one in a call. */
    private static boolean isThird(String model) {
        return model.contains("v3");
    }

    @Override
    public boolean imagesAlone(String model) {
        return isThird(model);
    }

    private static String onlyImage(EmbedCall call) {
        List<Pieces.Piece> pieces = call.pieces(call.inputs().getFirst()).all();
        if (pieces.size() == 1 && pieces.getFirst() instanceof Pieces.Piece.Image image) {
            return image.url();
        }
        throw call.unable("this model makes a vector of texts or of one image");
    }

    private static void pictures(EmbedCall call, JsonArray inputs, boolean bare) {
        for (EmbedInput input : call.inputs()) {
            JsonArray content = inputs.addObject().array("content");
            for (Pieces.Piece piece : call.pieces(input).all()) {
                JsonObject part = content.addObject();
                switch (piece) {
                    case Pieces.Piece.Words words ->
                            part.put("type", "text").put("text", words.text());
                    case Pieces.Piece.Image image when bare ->
                            part.put("type", "image_url").put("image_url", image.url());
                    case Pieces.Piece.Image image ->
                            part.put("type", "image_url")
                                    .object("image_url")
                                    .put("url", image.url());
                }
            }
        }
    }

    /** It has to be said; what is embedded without a purpose is mostly what is searched later. */
    private static String inputType(EmbedCall call, Settings settings) {
        if (settings.purpose().isEmpty()) {
            return "search_document";
        }
        return switch (settings.purpose().get()) {
            case QUERY, QUESTION, FACT, CODE_QUERY -> "search_query";
            case DOCUMENT -> "search_document";
            case CLASSIFICATION -> "classification";
            case CLUSTERING -> "clustering";
            case SIMILARITY -> {
                call.dropPurpose();
                yield "search_document";
            }
        };
    }

    @Override
    public EmbedAnswer read(Json body) {
        Json embeddings =
                body.get("embeddings")
                        .orElseThrow(() ->
                                new Unreadable(
                                        "embeddings", "is missing (expected: vectors by type)"));
        List<EmbedAnswer.Embedding> all = new ArrayList<>();
        for (Json vector : vectors(embeddings).elements()) {
            all.add(EmbedAnswer.Embedding.of(Vector.of(vector)));
        }
        return EmbedAnswer.of(all, tokens(Fields.ofAnswer(body)));
    }

    /** Those of floats, or else of the first type there is; older answers have one type only. */
    private static Json vectors(Json embeddings) {
        if (embeddings.isArray()) {
            return embeddings;
        }
        Optional<Json> floats = embeddings.get("float").filter(Json::isArray);
        return floats.or(() ->
                        embeddings.members().stream()
                                .map(Json.Member::value)
                                .filter(Json::isArray)
                                .findFirst())
                .orElse(Json.EMPTY_ARRAY);
    }

    private static Optional<Long> tokens(Fields body) {
        Optional<Fields> meta = body.object("meta");
        Optional<Fields> counted =
                meta.flatMap(it -> it.object("billed_units"))
                        .or(() -> meta.flatMap(it -> it.object("tokens")));
        Optional<Long> text = counted.flatMap(it -> it.count("input_tokens"));
        Optional<Long> image = counted.flatMap(it -> it.count("image_tokens"));
        return text.isPresent() || image.isPresent()
                ? Optional.of(text.orElse(0L) + image.orElse(0L))
                : Optional.empty();
    }
}
