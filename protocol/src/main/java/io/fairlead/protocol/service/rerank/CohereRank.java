package io.fairlead.protocol.service.rerank;

import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Cohere's second version, whose documents are texts. Stateless: any thread. */
final class CohereRank implements RankForm {
    /** A word of the first version for the same wish in other units. */
    private static final String CHUNKS = "max_chunks_per_doc";

    @Override
    public ProviderRequest write(RankRequest asked, String model, Set<String> dropped) {
        JsonObject body =
                new JsonObject()
                        .put("model", model)
                        .put("query", asked.query())
                        .put("documents", JsonArray.ofTexts(asked.texts()))
                        .put("top_n", asked.topN())
                        .put("max_tokens_per_doc", asked.maxTokens());
        if (asked.truncates().isPresent()) {
            dropped.add("truncation");
        }
        Map<String, Json> besides = new LinkedHashMap<>(asked.beside().of(RankClient.ORIGIN));
        if (besides.remove(CHUNKS) != null) {
            dropped.add(CHUNKS);
        }
        body.merge(besides);
        return ProviderRequest.of("/rerank", body);
    }

    @Override
    public RankAnswer read(Json body) {
        return RankReading.of(body, "results", "relevance_score", RankClient.ORIGIN);
    }
}
