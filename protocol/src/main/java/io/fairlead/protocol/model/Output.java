package io.fairlead.protocol.model;

import io.fairlead.protocol.json.Json;

import java.util.List;
import java.util.Optional;

/**
 * What is asked of the answer. Absent: the provider's default. Immutable.
 *
 * @param maxTokens at most, reasoning included where the provider counts it so
 * @param format what its text must look like
 * @param choices how many alternatives; absent: one
 * @param logProbs how many alternatives of each token to list with their log probability; 0: only
 *     the chosen token's; absent: none
 * @param modalities {@code text}, {@code audio}, {@code image} in lower case; empty: the default
 * @param audio voice and format of spoken output, as OpenAI writes it
 * @param verbosity {@code low}, {@code medium}, {@code high}
 */
public record Output(
        Optional<Long> maxTokens,
        Optional<OutputFormat> format,
        Optional<Long> choices,
        Optional<Long> logProbs,
        List<String> modalities,
        Optional<Json> audio,
        Optional<String> verbosity) {
    public static final Output DEFAULT =
            new Output(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());

    public Output {
        modalities = List.copyOf(modalities);
    }

    public Output withMaxTokens(Optional<Long> value) {
        return new Output(value, format, choices, logProbs, modalities, audio, verbosity);
    }

    public Output withFormat(Optional<OutputFormat> value) {
        return new Output(maxTokens, value, choices, logProbs, modalities, audio, verbosity);
    }

    public Output withoutChoices() {
        return new Output(
                maxTokens, format, Optional.empty(), logProbs, modalities, audio, verbosity);
    }

    public Output withLogProbs(Optional<Long> value) {
        return new Output(maxTokens, format, choices, value, modalities, audio, verbosity);
    }

    public Output withModalities(List<String> value) {
        return new Output(maxTokens, format, choices, logProbs, value, audio, verbosity);
    }

    public Output withoutAudio() {
        return new Output(
                maxTokens, format, choices, logProbs, modalities, Optional.empty(), verbosity);
    }

    public Output withoutVerbosity() {
        return new Output(
                maxTokens, format, choices, logProbs, modalities, audio, Optional.empty());
    }
}
