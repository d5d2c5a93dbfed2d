package io.fairlead.protocol.ollama;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.TokenLogProb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Log probabilities of an answer or line; they stay in the rest too, for clients of Ollama's own
 * protocol. Stateless: any thread.
 */
final class LogProbs {
    private LogProbs() {}

    static List<TokenLogProb> read(Json answer) {
        return tokens(answer.get("logprobs"));
    }

    private static List<TokenLogProb> tokens(Optional<Json> array) {
        List<TokenLogProb> tokens = new ArrayList<>();
        for (Json token : array.orElse(Json.EMPTY_ARRAY).elements()) {
            Optional<Json> text = token.get("token").filter(Json::isString);
            Optional<Json> logProb = token.get("logprob").filter(p -> p.kind() == Json.Kind.NUMBER);
            if (text.isPresent() && logProb.isPresent()) {
                tokens.add(
                        new TokenLogProb(
                                text.get().text(),
                                logProb.get().number(),
                                token.get("bytes").filter(Json::isArray),
                                tokens(token.get("top_logprobs")),
                                Beside.NONE));
            }
        }
        return tokens;
    }
}
