package io.fairlead.protocol.model;

import io.fairlead.protocol.json.Json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * How the next token is drawn. Every field may be absent: the provider's default. Immutable.
 *
 * @param temperature 0 to 2; some providers stop at 1
 * @param topP 0 to 1
 * @param topK at most this many candidates
 * @param minP of the best candidate's probability, 0 to 1
 * @param frequencyPenalty -2 to 2, grows with each repetition
 * @param presencePenalty -2 to 2, once a token was used
 * @param repetitionPenalty factor, 1 is neutral
 * @param seed for answers that can be had again
 * @param stop texts that end the answer
 * @param logitBias by token of the provider's own tokenizer
 */
public record Sampling(
        Optional<BigDecimal> temperature,
        Optional<BigDecimal> topP,
        Optional<Long> topK,
        Optional<BigDecimal> minP,
        Optional<BigDecimal> frequencyPenalty,
        Optional<BigDecimal> presencePenalty,
        Optional<BigDecimal> repetitionPenalty,
        Optional<Long> seed,
        List<String> stop,
        Optional<Json> logitBias) {
    public static final Sampling DEFAULT =
            new Sampling(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty());

    public Sampling {
        stop = List.copyOf(stop);
    }

    public Sampling withTemperature(Optional<BigDecimal> value) {
        return new Sampling(
                value,
                topP,
                topK,
                minP,
                frequencyPenalty,
                presencePenalty,
                repetitionPenalty,
                seed,
                stop,
                logitBias);
    }

    public Sampling withTopP(Optional<BigDecimal> value) {
        return new Sampling(
                temperature,
                value,
                topK,
                minP,
                frequencyPenalty,
                presencePenalty,
                repetitionPenalty,
                seed,
                stop,
                logitBias);
    }

    public Sampling withTopK(Optional<Long> value) {
        return new Sampling(
                temperature,
                topP,
                value,
                minP,
                frequencyPenalty,
                presencePenalty,
                repetitionPenalty,
                seed,
                stop,
                logitBias);
    }

    public Sampling withoutMinP() {
        return new Sampling(
                temperature,
                topP,
                topK,
                Optional.empty(),
                frequencyPenalty,
                presencePenalty,
                repetitionPenalty,
                seed,
                stop,
                logitBias);
    }

    public Sampling withoutFrequencyPenalty() {
        return new Sampling(
                temperature,
                topP,
                topK,
                minP,
                Optional.empty(),
                presencePenalty,
                repetitionPenalty,
                seed,
                stop,
                logitBias);
    }

    public Sampling withoutPresencePenalty() {
        return new Sampling(
                temperature,
                topP,
                topK,
                minP,
                frequencyPenalty,
                Optional.empty(),
                repetitionPenalty,
                seed,
                stop,
                logitBias);
    }

    public Sampling withoutRepetitionPenalty() {
        return new Sampling(
                temperature,
                topP,
                topK,
                minP,
                frequencyPenalty,
                presencePenalty,
                Optional.empty(),
                seed,
                stop,
                logitBias);
    }

    public Sampling withoutSeed() {
        return new Sampling(
                temperature,
                topP,
                topK,
                minP,
                frequencyPenalty,
                presencePenalty,
                repetitionPenalty,
                Optional.empty(),
                stop,
                logitBias);
    }

    public Sampling withStop(List<String> value) {
        return new Sampling(
                temperature,
                topP,
                topK,
                minP,
                frequencyPenalty,
                presencePenalty,
                repetitionPenalty,
                seed,
                value,
                logitBias);
    }

    public Sampling withoutLogitBias() {
        return new Sampling(
                temperature,
                topP,
                topK,
                minP,
                frequencyPenalty,
                presencePenalty,
                repetitionPenalty,
                seed,
                stop,
                Optional.empty());
    }
}
