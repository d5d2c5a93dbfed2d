package io.fairlead.protocol.adapt;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.Identity;
import io.fairlead.protocol.model.Sampling;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Limits of sampling and length that providers differ in. Stateless: any thread. */
public final class SamplingRewrites {
    private SamplingRewrites() {}

    /** For TEMPERATURE: what lies outside becomes the nearest that lies inside. */
    public static Rewrite temperature(double least, double most) {
        return (request, model) -> {
            Sampling sampling = request.sampling();
            Optional<BigDecimal> now = within(sampling.temperature(), least, most);
            return Identity.same(now, sampling.temperature())
                    ? request
                    : request.withSampling(sampling.withTemperature(now));
        };
    }

    /** For TOP_P: what lies outside becomes the nearest that lies inside. */
    public static Rewrite topP(double least, double most) {
        return (request, model) -> {
            Sampling sampling = request.sampling();
            Optional<BigDecimal> now = within(sampling.topP(), least, most);
            return Identity.same(now, sampling.topP())
                    ? request
                    : request.withSampling(sampling.withTopP(now));
        };
    }

    /** For TOP_K: what lies outside becomes the nearest that lies inside. */
    public static Rewrite topK(long least, long most) {
        return (request, model) -> {
            Sampling sampling = request.sampling();
            Optional<Long> given = sampling.topK();
            if (given.isEmpty() || given.get() >= least && given.get() <= most) {
                return request;
            }
            long now = Math.clamp(given.get(), least, most);
            return request.withSampling(sampling.withTopK(Optional.of(now)));
        };
    }

    /**
     * For STOP, as dropped: the first {@code most} sequences stay.
     *
     * @param blanks whether sequences of nothing but white space are taken; empty ones never are
     */
    public static Rewrite stop(int most, boolean blanks) {
        return (request, model) -> {
            List<String> given = request.sampling().stop();
            List<String> kept = new ArrayList<>();
            for (String sequence : given) {
                boolean nothing = blanks ? sequence.isEmpty() : sequence.isBlank();
                if (!nothing && kept.size() < most) {
                    kept.add(sequence);
                }
            }
            return kept.size() == given.size()
                    ? request
                    : request.withSampling(request.sampling().withStop(kept));
        };
    }

    /**
     * For NO_MAX_TOKENS: as many as the model can make.
     *
     * @param otherwise where that is not known
     */
    public static Rewrite maxTokens(long otherwise) {
        return (request, model) ->
                request.output().maxTokens().isPresent()
                        ? request
                        : request.withOutput(
                                request.output()
                                        .withMaxTokens(
                                                Optional.of(model.maxOutput().orElse(otherwise))));
    }

    /** No more output tokens than the model can make, where more are refused. */
    public static Rewrite withinMaxOutput() {
        return (request, model) -> {
            Optional<Long> asked = request.output().maxTokens();
            Optional<Long> most = model.maxOutput();
            return asked.isEmpty() || most.isEmpty() || asked.get() <= most.get()
                    ? request
                    : request.withOutput(request.output().withMaxTokens(most));
        };
    }

    /** The very same value if it lies inside. */
    private static Optional<BigDecimal> within(
            Optional<BigDecimal> value, double least, double most) {
        if (value.isEmpty()) {
            return value;
        }
        BigDecimal low = BigDecimal.valueOf(least);
        BigDecimal high = BigDecimal.valueOf(most);
        if (value.get().compareTo(low) < 0) {
            return Optional.of(low);
        }
        return value.get().compareTo(high) > 0 ? Optional.of(high) : value;
    }
}
