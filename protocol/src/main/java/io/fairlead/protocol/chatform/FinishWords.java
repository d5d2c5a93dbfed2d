package io.fairlead.protocol.chatform;

import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Finish.Reason;

/** Why an answer ended, in the words of this family. Stateless: any thread. */
public final class FinishWords {
    private FinishWords() {}

    /**
     * What a finish reason on the wire means.
     *
     * @param calls whether the choice has calls: then it ended with them, whatever the word
     */
    public static Finish read(String word, boolean calls) {
        return Finish.of(calls ? Reason.TOOL_CALLS : reason(word), word);
    }

    private static Reason reason(String word) {
        return switch (word) {
            case "stop", "eos" -> Reason.STOP;
            case "length" -> Reason.LENGTH;
            case "tool_calls", "function_call" -> Reason.TOOL_CALLS;
            case "content_filter", "sensitive" -> Reason.CONTENT_FILTER;
            case "model_length", "model_context_window_exceeded" -> Reason.CONTEXT_FULL;
            case "error", "network_error", "insufficient_system_resource" -> Reason.ERROR;
            default -> Reason.OTHER;
        };
    }

    /**
     * The finish reason on the wire.
     *
     * @param own whether it was said in this protocol, so that its word stands
     * @param legacy whether calls are called functions
     */
    public static String write(Finish finish, boolean own, boolean legacy) {
        boolean fits =
                finish.reason() == Reason.TOOL_CALLS || reason(finish.word()) == finish.reason();
        if (own && fits && !finish.word().isEmpty()) {
            return finish.word();
        }
        return switch (finish.reason()) {
            case STOP, STOP_SEQUENCE, PAUSE, MALFORMED_CALL, ERROR, OTHER -> "stop";
            case LENGTH, CONTEXT_FULL -> "length";
            case TOOL_CALLS -> legacy ? "function_call" : "tool_calls";
            case CONTENT_FILTER, REFUSAL -> "content_filter";
        };
    }
}
