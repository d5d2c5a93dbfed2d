package io.fairlead.protocol.responses;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.TokenLogProb;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Log probabilities of a text's tokens. Stateless: any thread. */
final class LogProbs {
    private LogProbs() {}

    static List<TokenLogProb> read(Json array) {
        List<TokenLogProb> tokens = new ArrayList<>();
        for (Json element : array.elements()) {
            if (!element.isObject()) {
                continue;
            }
            Fields fields = Fields.ofAnswer(element);
            List<TokenLogProb> top =
                    fields.json("top_logprobs").map(LogProbs::read).orElse(List.of());
            tokens.add(
                    new TokenLogProb(
                            fields.text("token").orElse(""),
                            fields.number("logprob").orElse(BigDecimal.ZERO),
                            fields.json("bytes"),
                            top,
                            fields.rest(Wire.SELF)));
        }
        return tokens;
    }

    static JsonArray write(List<TokenLogProb> tokens) {
        JsonArray array = new JsonArray();
        for (TokenLogProb token : tokens) {
            JsonArray top = new JsonArray();
            for (TokenLogProb other : token.top()) {
                top.add(one(other));
            }
            array.add(one(token).put("top_logprobs", top));
        }
        return array;
    }

    private static JsonObject one(TokenLogProb token) {
        JsonObject object =
                new JsonObject().put("token", token.token()).put("logprob", token.logProb());
        if (token.bytes().isPresent()) {
            return object.put("bytes", token.bytes().get());
        }
        JsonArray bytes = new JsonArray();
        for (byte b : token.token().getBytes(StandardCharsets.UTF_8)) {
            bytes.add(b & 0xff);
        }
        return object.put("bytes", bytes);
    }
}
