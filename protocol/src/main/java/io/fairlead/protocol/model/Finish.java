package io.fairlead.protocol.model;

import java.util.Optional;

/**
 * Why an answer ended. Immutable.
 *
 * @param reason in our words; a choice with tool calls ends with {@link Reason#TOOL_CALLS},
 *     whatever the provider said
 * @param word in the provider's words, for writers of its protocol and for the record
 * @param stopSequence the text that ended it, where the provider says
 */
public record Finish(Reason reason, String word, Optional<String> stopSequence) {
    /** Why. */
    public enum Reason {
        STOP,
        STOP_SEQUENCE,
        LENGTH,
        TOOL_CALLS,
        /** A safety filter or guardrail. */
        CONTENT_FILTER,
        /** The model declined. */
        REFUSAL,
        /** The provider paused a long turn: send the answer back to go on. */
        PAUSE,
        /** The context window is full. */
        CONTEXT_FULL,
        /** The model made a call that is none. */
        MALFORMED_CALL,
        ERROR,
        OTHER
    }

    public static Finish of(Reason reason, String word) {
        return new Finish(reason, word, Optional.empty());
    }
}
