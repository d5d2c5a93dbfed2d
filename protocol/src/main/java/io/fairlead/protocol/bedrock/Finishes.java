package io.fairlead.protocol.bedrock;

import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Finish.Reason;

import java.util.Optional;

/** Why an answer ended, in Converse's words. Stateless: any thread. */
final class Finishes {
    private Finishes() {}

    /** What a word means; {@link Reason#OTHER} for one that is not known. */
    static Reason reason(String word) {
        return switch (word) {
            case "end_turn" -> Reason.STOP;
            case "stop_sequence" -> Reason.STOP_SEQUENCE;
            case "max_tokens" -> Reason.LENGTH;
            case "tool_use" -> Reason.TOOL_CALLS;
            case "guardrail_intervened", "content_filtered" -> Reason.CONTENT_FILTER;
            case "malformed_tool_use" -> Reason.MALFORMED_CALL;
            case "malformed_model_output" -> Reason.ERROR;
            case "model_context_window_exceeded" -> Reason.CONTEXT_FULL;
            default -> Reason.OTHER;
        };
    }

    /** What was read; a call present means that the answer ends with it. */
    static Finish read(String word, Optional<String> stopSequence, boolean calls) {
        return new Finish(calls ? Reason.TOOL_CALLS : reason(word), word, stopSequence);
    }

    /** The word for it: the one it was said in, if that is ours and means the same. */
    static String word(Finish finish) {
        if (finish.reason() != Reason.OTHER && reason(finish.word()) == finish.reason()) {
            return finish.word();
        }
        return switch (finish.reason()) {
            case STOP, PAUSE, OTHER -> "end_turn";
            case STOP_SEQUENCE -> "stop_sequence";
            case LENGTH -> "max_tokens";
            case TOOL_CALLS -> "tool_use";
            case CONTENT_FILTER, REFUSAL -> "content_filtered";
            case CONTEXT_FULL -> "model_context_window_exceeded";
            case MALFORMED_CALL -> "malformed_tool_use";
            case ERROR -> "malformed_model_output";
        };
    }
}
