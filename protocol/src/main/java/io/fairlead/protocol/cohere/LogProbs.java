package io.fairlead.protocol.cohere;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.TokenLogProb;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Log probabilities of pieces of text. A piece of several tokens counts as one, with the
 * probability of all of them. They stay in the rest too, for clients of Cohere's own protocol.
 * Stateless: any thread.
 */
final class LogProbs {
    private LogProbs() {}

    /** Those of an answer, which has a list of pieces, or of an event, which has one. */
    static List<TokenLogProb> read(Json owner) {
        Optional<Json> pieces = owner.get("logprobs");
        List<TokenLogProb> tokens = new ArrayList<>();
        if (pieces.isPresent() && pieces.get().isObject()) {
            piece(pieces.get()).ifPresent(tokens::add);
        }
        for (Json piece : pieces.orElse(Json.EMPTY_ARRAY).elements()) {
            piece(piece).ifPresent(tokens::add);
        }
        return tokens;
    }

    private static Optional<TokenLogProb> piece(Json piece) {
        Optional<Json> text = piece.get("text").filter(Json::isString);
        List<Json> logProbs = piece.get("logprobs").orElse(Json.EMPTY_ARRAY).elements();
        double sum = 0;
        for (Json logProb : logProbs) {
            if (logProb.kind() != Json.Kind.NUMBER) {
                return Optional.empty();
            }
            sum += logProb.number().doubleValue();
        }
        if (text.isEmpty() || logProbs.isEmpty() || !Double.isFinite(sum)) {
            return Optional.empty();
        }
        BigDecimal all =
                logProbs.size() == 1 ? logProbs.getFirst().number() : BigDecimal.valueOf(sum);
        return Optional.of(
                new TokenLogProb(text.get().text(), all, Optional.empty(), List.of(), Beside.NONE));
    }
}
