package io.fairlead.protocol.model;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.json.Json;

import java.util.List;
import java.util.Optional;

/**
 * A step of an answer that is made while the client looks on. The grammar, for every choice:
 *
 * <pre>
 * Started (PartStarted PartGrew* PartEnded | ChoiceEnded | UsageKnown | Other)* (Ended | Failed)
 * </pre>
 *
 * Parts are numbered from 0 within their choice, in the order they start; parts of one choice may
 * overlap (parallel calls of some providers do). {@code UsageKnown} may come several times, each
 * time with the totals so far. A stream that just breaks off has neither {@code Ended} nor {@code
 * Failed}. Immutable.
 */
public sealed interface StreamEvent {
    Beside beside();

    /** The answer begins. Fields as in {@link ChatAnswer}; unknown ones are empty. */
    record Started(String id, String model, Optional<Long> created, Beside beside)
            implements StreamEvent {}

    /**
     * A part begins.
     *
     * @param head the part as far as it is known: texts are empty, a call has its id and name
     */
    record PartStarted(int choice, int part, Part head, Beside beside) implements StreamEvent {}

    /** More of a part. */
    record PartGrew(int choice, int part, Growth growth, Beside beside) implements StreamEvent {}

    /** A part is whole. */
    record PartEnded(int choice, int part, Beside beside) implements StreamEvent {}

    /** Log probabilities of tokens that came before or come now. */
    record LogProbsKnown(int choice, List<TokenLogProb> logProbs, Beside beside)
            implements StreamEvent {
        public LogProbsKnown {
            logProbs = List.copyOf(logProbs);
        }
    }

    /** A choice has ended. */
    record ChoiceEnded(int choice, Finish finish, Beside beside) implements StreamEvent {}

    /** What has been used so far. */
    record UsageKnown(TokenUsage usage, Beside beside) implements StreamEvent {}

    /** The provider reports a fault inside the stream; nothing follows. */
    record Failed(ProviderFault fault, Beside beside) implements StreamEvent {}

    /** The answer is complete. */
    record Ended(Beside beside) implements StreamEvent {}

    /** Keep-alives, and what only the stream's own protocol knows. */
    record Other(Beside beside) implements StreamEvent {}

    /** What a part has more of. */
    sealed interface Growth {
        /** Of text, or of a refusal. */
        record MoreText(String text) implements Growth {}

        /**
         * Of reasoning.
         *
         * @param summary whether it belongs to the summary
         * @param section which section it belongs to, from 0
         */
        record MoreReasoning(String text, boolean summary, int section) implements Growth {}

        /** Of the arguments of a call: the next piece of their JSON text. */
        record MoreArguments(String text) implements Growth {}

        /** A source of the text. */
        record Cited(Citation citation) implements Growth {}

        /** The part's seal; takes the place of one given before. */
        record Sealed(Seal seal) implements Growth {}

        /** Of media: the next piece of base64. */
        record MoreMedia(String base64) implements Growth {}

        /** Of a {@link Foreign} part: its own protocol's words. */
        record MoreForeign(Json raw) implements Growth {}
    }
}
