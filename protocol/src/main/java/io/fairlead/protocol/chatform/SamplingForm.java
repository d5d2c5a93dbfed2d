package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Sampling;

import java.util.List;
import java.util.Optional;

/** How the next token is drawn. Immutable: any thread. */
final class SamplingForm {
    private static final String SEED = "seed";
    private static final String RANDOM_SEED = "random_seed";

    /** One text that ends the answer, not a list. */
    private static final String ONE_STOP = "stop:text";

    private final Dialect dialect;

    SamplingForm(Dialect dialect) {
        this.dialect = dialect;
    }

    Sampling read(Fields request) {
        Optional<Long> seed = request.count(SEED);
        seed.ifPresent(ignored -> request.form(SEED));
        Optional<Json> bias = request.peek("logit_bias").filter(json -> !json.isEmpty());
        bias.ifPresent(ignored -> request.take("logit_bias"));
        return new Sampling(
                request.number("temperature"),
                request.number("top_p"),
                request.count("top_k"),
                request.number("min_p"),
                request.number("frequency_penalty"),
                request.number("presence_penalty"),
                request.number("repetition_penalty"),
                seed.or(() -> request.count(RANDOM_SEED)),
                stop(request),
                bias);
    }

    private static List<String> stop(Fields request) {
        Optional<Json> stop = request.peek("stop");
        if (stop.isEmpty() || stop.get().isEmpty()) {
            return List.of();
        }
        if (stop.get().isString()) {
            request.form(ONE_STOP);
            return List.of(request.needText("stop"));
        }
        return request.texts("stop");
    }

    void write(Sampling sampling, Beside forms, JsonObject request) {
        request.put("temperature", sampling.temperature());
        request.put("top_p", sampling.topP());
        request.put("top_k", sampling.topK());
        request.put("min_p", sampling.minP());
        request.put("frequency_penalty", sampling.frequencyPenalty());
        request.put("presence_penalty", sampling.presencePenalty());
        request.put("repetition_penalty", sampling.repetitionPenalty());
        request.put(forms.form(dialect.protocol(), SEED) ? SEED : dialect.seed(), sampling.seed());
        request.put("logit_bias", sampling.logitBias());
        if (sampling.stop().size() == 1 && forms.form(dialect.protocol(), ONE_STOP)) {
            request.put("stop", sampling.stop().getFirst());
        } else if (!sampling.stop().isEmpty()) {
            request.put("stop", JsonArray.ofTexts(sampling.stop()));
        }
    }
}
