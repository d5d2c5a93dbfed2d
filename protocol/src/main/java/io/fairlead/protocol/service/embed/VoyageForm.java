package io.fairlead.protocol.service.embed;

import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.Map;
import java.util.Set;

/**
 * Voyage: models of texts are asked almost as OpenAI's, multimodal ones on a path of their own,
 * where each input is a list of texts and images. Stateless: any thread.
 */
final class VoyageForm implements ProviderForm {
    private static final ProviderForm TEXTS = OpenAiLikeForm.VOYAGE;
    private static final Set<String> OWN = Set.of("output_dtype");

    private static boolean multimodal(String model) {
        return model.contains("multimodal");
    }

    @Override
    public int most(String model) {
        return TEXTS.most(model);
    }

    @Override
    public int mostCharacters(String model) {
        return TEXTS.mostCharacters(model);
    }

    @Override
    public ProviderRequest write(EmbedCall call) {
        return multimodal(call.model()) ? pictures(call) : TEXTS.write(call);
    }

    private static ProviderRequest pictures(EmbedCall call) {
        JsonObject body = new JsonObject().put("model", call.model());
        JsonArray inputs = body.array("inputs");
        for (EmbedInput input : call.inputs()) {
            JsonArray content = inputs.addObject().array("content");
            for (Pieces.Piece piece : call.pieces(input).all()) {
                JsonObject part = content.addObject();
                switch (piece) {
                    case Pieces.Piece.Words words ->
                            part.put("type", "text").put("text", words.text());
                    case Pieces.Piece.Image image -> {
                        String name = image.isRemote() ? "image_url" : "image_base64";
                        part.put("type", name).put(name, image.url());
                    }
                }
            }
        }
        body.put("output_dimension", call.settings().dimensions());
        body.put(
                "input_type", call.settings().purpose().map(OpenAiLikeForm.VOYAGE.purposes()::get));
        body.put("truncation", call.truncates());
        call.dropTitle();
        if (call.base64().orElse(false)) {
            body.put("output_encoding", "base64");
        }
        Map<String, Json> further = call.further(OWN);
        body.merge(further);
        return ProviderRequest.of("/multimodalembeddings", body);
    }

    @Override
    public EmbedAnswer read(Json body) {
        return TEXTS.read(body);
    }
}
