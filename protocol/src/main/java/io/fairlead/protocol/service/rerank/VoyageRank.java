package io.fairlead.protocol.service.rerank;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.Set;

/** Voyage's form. Stateless: any thread. */
final class VoyageRank implements RankForm {
    @Override
    public ProviderRequest write(RankRequest asked, String model, Set<String> dropped) {
        JsonObject body =
                new JsonObject()
                        .put("model", model)
                        .put("query", asked.query())
                        .put("documents", JsonArray.ofTexts(asked.texts()))
                        .put("top_k", asked.topN())
                        .put("truncation", asked.truncates());
        if (asked.maxTokens().isPresent()) {
            dropped.add("max_tokens_per_doc");
        }
        return ProviderRequest.of("/rerank", body);
    }

    @Override
    public RankAnswer read(Json body) {
        return RankReading.of(body, "data", "relevance_score", Protocol.OPENAI_CHAT);
    }
}
