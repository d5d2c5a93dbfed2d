package io.fairlead.protocol.service.rerank;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.Paths;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.Locale;
import java.util.Set;

/** Bedrock's InvokeModel for the models that rank, Amazon's and Cohere's. Stateless: any thread. */
final class BedrockRank implements RankForm {
    private static final int COHERES_VERSION = 2;

    @Override
    public ProviderRequest write(RankRequest asked, String model, Set<String> dropped) {
        String name = model.toLowerCase(Locale.ROOT);
        boolean cohere = name.contains("cohere.rerank");
        if (!cohere && !name.contains("amazon.rerank")) {
            throw new Unsupported(
                    "model", "at Bedrock, models of amazon.rerank and cohere.rerank rank");
        }
        long all = asked.documents().size();
        JsonObject body =
                new JsonObject()
                        .put("query", asked.query())
                        .put("documents", JsonArray.ofTexts(asked.texts()))
                        // more than there are is an error there
                        .put("top_n", asked.topN().map(it -> Math.min(it, all)));
        if (cohere) {
            body.put("api_version", COHERES_VERSION).put("max_tokens_per_doc", asked.maxTokens());
        } else if (asked.maxTokens().isPresent()) {
            dropped.add("max_tokens_per_doc");
        }
        if (asked.truncates().isPresent()) {
            dropped.add("truncation");
        }
        return ProviderRequest.of("/model/" + Paths.segment(model) + "/invoke", body);
    }

    /** The models' own answers, or those of Bedrock's operation that ranks. */
    @Override
    public RankAnswer read(Json body) {
        boolean agents =
                body.get("results").stream()
                        .flatMap(it -> it.elements().stream())
                        .anyMatch(it -> it.get("relevanceScore").isPresent());
        return RankReading.of(
                body,
                "results",
                agents ? "relevanceScore" : "relevance_score",
                Protocol.BEDROCK_CONVERSE);
    }
}
