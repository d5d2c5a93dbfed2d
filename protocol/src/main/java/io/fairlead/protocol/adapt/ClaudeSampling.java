package io.fairlead.protocol.adapt;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Sampling;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Which sampling Claude takes, at Anthropic, Bedrock and Vertex AI, by generation and by whether it
 * thinks; after Anthropic's migration guides. Stateless: any thread.
 */
public final class ClaudeSampling {
    /** From here on temperature and top_p may not be given together. */
    private static final int ONE_OF_TEMPERATURE_AND_TOP_P = 401;

    /** From here on there is no sampling to be set. */
    private static final int NO_SAMPLING = 407;

    private static final BigDecimal LEAST_TOP_P_WHILE_THINKING = new BigDecimal("0.95");

    private ClaudeSampling() {}

    /** At most 1; none while the model thinks. */
    public static Rewrite temperature() {
        Rewrite limited = SamplingRewrites.temperature(0, 1);
        return (request, model) -> {
            ChatRequest now = limited.apply(request, model);
            boolean one =
                    now.sampling()
                            .temperature()
                            .filter(t -> t.compareTo(BigDecimal.ONE) == 0)
                            .isPresent();
            boolean taken = !from(NO_SAMPLING, model) && (one || !ChoiceRewrites.thinks(request));
            return taken ? now : sampling(now, s -> s.withTemperature(Optional.empty()));
        };
    }

    /** Not with a temperature; at least 0.95 while the model thinks. */
    public static Rewrite topP() {
        return (request, model) -> {
            Sampling sampling = request.sampling();
            boolean both =
                    from(ONE_OF_TEMPERATURE_AND_TOP_P, model) && sampling.temperature().isPresent();
            boolean tooLow =
                    ChoiceRewrites.thinks(request)
                            && sampling.topP()
                                    .filter(p -> p.compareTo(LEAST_TOP_P_WHILE_THINKING) < 0)
                                    .isPresent();
            return both || tooLow || from(NO_SAMPLING, model)
                    ? sampling(request, s -> s.withTopP(Optional.empty()))
                    : request;
        };
    }

    /** None while the model thinks. */
    public static Rewrite topK() {
        return (request, model) ->
                ChoiceRewrites.thinks(request) || from(NO_SAMPLING, model)
                        ? sampling(request, s -> s.withTopK(Optional.empty()))
                        : request;
    }

    private static boolean from(int version, ModelFacts model) {
        return ClaudeVersion.of(model.id()) >= version;
    }

    private static ChatRequest sampling(ChatRequest request, UnaryOperator<Sampling> change) {
        return request.withSampling(change.apply(request.sampling()));
    }
}
