package io.fairlead.protocol.service.embed;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Ollama's {@code /api/embed}. Stateless: any thread. */
final class OllamaForm implements ProviderForm {
    private static final Set<String> OWN = Set.of("keep_alive", "options");

    @Override
    public int most(String model) {
        return ALL;
    }

    @Override
    public ProviderRequest write(EmbedCall call) {
        JsonObject body =
                new JsonObject()
                        .put("model", call.model())
                        .put("input", JsonArray.ofTexts(call.texts()))
                        .put("truncate", call.truncates())
                        .put("dimensions", call.settings().dimensions());
        call.dropPurpose();
        call.dropTitle();
        body.merge(call.further(OWN));
        return ProviderRequest.of("/api/embed", body);
    }

    @Override
    public EmbedAnswer read(Json body) {
        Fields fields = Fields.ofAnswer(body);
        List<EmbedAnswer.Embedding> all = new ArrayList<>();
        if (fields.has("embedding")) {
            // as its older operation answers
            all.add(EmbedAnswer.Embedding.of(Vector.of(fields.needJson("embedding"))));
        } else {
            for (Json vector : vectors(fields)) {
                all.add(EmbedAnswer.Embedding.of(Vector.of(vector)));
            }
        }
        return EmbedAnswer.of(all, fields.count("prompt_eval_count"));
    }

    private static List<Json> vectors(Fields fields) {
        Json vectors = fields.needJson("embeddings");
        if (!vectors.isArray()) {
            throw new Unreadable("embeddings", "is no array (expected: an array of vectors)");
        }
        return vectors.elements();
    }
}
