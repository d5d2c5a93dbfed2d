package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.TokenLogProb;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Log probabilities of tokens. Immutable: any thread. */
final class LogProbsForm {
    private final Dialect dialect;

    LogProbsForm(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Those of the text of a choice; what is not in this form stays in the rest. */
    List<TokenLogProb> read(Fields choice) {
        Optional<Fields> logProbs = choice.object("logprobs");
        if (logProbs.isEmpty() || !readable(logProbs.get(), "content")) {
            return List.of();
        }
        return tokens(logProbs.get(), "content");
    }

    private static boolean readable(Fields owner, String name) {
        for (Json token : Own.list(owner, name).orElse(Json.EMPTY_ARRAY).elements()) {
            if (token.get("token").filter(Json::isString).isEmpty()
                    || token.get("logprob").filter(p -> p.kind() == Json.Kind.NUMBER).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private List<TokenLogProb> tokens(Fields owner, String name) {
        if (Own.list(owner, name).isEmpty()) {
            return List.of();
        }
        List<TokenLogProb> tokens = new ArrayList<>();
        for (Fields token : owner.objects(name)) {
            tokens.add(
                    new TokenLogProb(
                            token.text("token").orElse(""),
                            token.number("logprob").orElse(BigDecimal.ZERO),
                            token.json("bytes"),
                            readable(token, "top_logprobs")
                                    ? tokens(token, "top_logprobs")
                                    : List.of(),
                            Own.marked(token, dialect.protocol())));
        }
        return tokens;
    }

    void write(List<TokenLogProb> tokens, JsonObject choice) {
        if (!tokens.isEmpty()) {
            JsonArray content = choice.object("logprobs").array("content");
            tokens.forEach(token -> write(token, true, content.addObject()));
        }
    }

    private void write(TokenLogProb token, boolean outer, JsonObject object) {
        boolean own = Own.is(token.beside(), dialect.protocol());
        object.put("token", token.token()).put("logprob", token.logProb());
        object.put("bytes", token.bytes());
        if (!token.top().isEmpty() || outer && !own) {
            JsonArray top = object.array("top_logprobs");
            token.top().forEach(one -> write(one, false, top.addObject()));
        }
        object.merge(token.beside().of(dialect.protocol()));
        if (!own && !object.has("bytes")) {
            object.putNull("bytes");
        }
    }
}
