package io.fairlead.protocol.openai;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the gateway needs to know of a request, found in one pass over its body. Immutable.
 *
 * @param model the model asked for; empty when the endpoint allows none
 * @param stream whether a stream was asked for
 * @param streamUsageAsked the client itself asked for {@code stream_options.include_usage}
 * @param maxOutputTokens the limit of output tokens, under any of its names
 * @param user the end user the client names ({@code user}, else {@code safety_identifier})
 * @param metadata the client's metadata, string values only, at most 16 entries
 * @param answers how many answers were asked for ({@code n}); 1 unless said
 * @param inputs number of messages, input items or prompts
 * @param inputCharacters about how many characters of text the input has, media left out
 * @param hasTools tools are offered
 * @param hasImages the input has an image
 * @param hasAudio the input has audio
 * @param responseFormat {@code response_format} of an audio or image request, where it is a plain
 *     string
 */
public record RequestFacts(
        String model,
        boolean stream,
        boolean streamUsageAsked,
        OptionalLong maxOutputTokens,
        Optional<String> user,
        Map<String, String> metadata,
        long answers,
        int inputs,
        long inputCharacters,
        boolean hasTools,
        boolean hasImages,
        boolean hasAudio,
        Optional<String> responseFormat) {

    /** Nothing is known: a body the gateway does not look into. */
    public static final RequestFacts NONE =
            new RequestFacts(
                    "",
                    false,
                    false,
                    OptionalLong.empty(),
                    Optional.empty(),
                    Map.of(),
                    1,
                    0,
                    0,
                    false,
                    false,
                    false,
                    Optional.empty());

    public RequestFacts {
        metadata = Map.copyOf(metadata);
    }

    /** The same, where the path says which model and whether a stream is asked for. */
    public RequestFacts of(String newModel, boolean newStream) {
        return new RequestFacts(
                newModel,
                newStream,
                streamUsageAsked,
                maxOutputTokens,
                user,
                metadata,
                answers,
                inputs,
                inputCharacters,
                hasTools,
                hasImages,
                hasAudio,
                responseFormat);
    }
}
