package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.Json.Kind;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.TokenLogProb;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Log probabilities: chosen tokens and, step by step, the likeliest ones. What was read stays
 * beside as well, for Google's own clients, with the ids of tokens. Stateless: any thread.
 */
final class LogProbs {
    private LogProbs() {}

    static List<TokenLogProb> read(ProtoFields candidate) {
        Optional<Json> result = candidate.peek("logprobsResult");
        if (result.isEmpty()) {
            return List.of();
        }
        List<Json> chosen =
                result.get().get("chosenCandidates").orElse(Json.EMPTY_ARRAY).elements();
        List<Json> steps = result.get().get("topCandidates").orElse(Json.EMPTY_ARRAY).elements();
        List<TokenLogProb> tokens = new ArrayList<>(chosen.size());
        for (int i = 0; i < chosen.size(); i++) {
            List<TokenLogProb> top = new ArrayList<>();
            if (i < steps.size()) {
                Json likeliest = steps.get(i).get("candidates").orElse(Json.EMPTY_ARRAY);
                likeliest.elements().forEach(token -> top.add(token(token, List.of())));
            }
            tokens.add(token(chosen.get(i), top));
        }
        return tokens;
    }

    private static TokenLogProb token(Json token, List<TokenLogProb> top) {
        return new TokenLogProb(
                token.get("token").filter(Json::isString).map(Json::text).orElse(""),
                token.get("logProbability")
                        .filter(number -> number.kind() == Kind.NUMBER)
                        .map(Json::number)
                        .orElse(BigDecimal.ZERO),
                Optional.empty(),
                top,
                Beside.NONE);
    }

    static void write(List<TokenLogProb> tokens, JsonObject candidate) {
        if (tokens.isEmpty() || candidate.has("logprobsResult")) {
            return;
        }
        JsonObject result = candidate.object("logprobsResult");
        JsonArray steps = new JsonArray();
        boolean anyTop = false;
        for (TokenLogProb token : tokens) {
            result.array("chosenCandidates").add(object(token));
            JsonObject step = steps.addObject();
            for (TokenLogProb top : token.top()) {
                step.array("candidates").add(object(top));
                anyTop = true;
            }
        }
        if (anyTop) {
            result.put("topCandidates", steps);
        }
    }

    private static JsonObject object(TokenLogProb token) {
        return new JsonObject().put("token", token.token()).put("logProbability", token.logProb());
    }
}
