package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Finish.Reason;

import java.util.Optional;

/** {@code stop_reason}, in both directions. Stateless: any thread. */
final class StopReasons {
    private StopReasons() {}

    /**
     * The finish these fields tell; empty if there is none yet.
     *
     * @param calls whether the answer has calls of tools
     */
    static Optional<Finish> read(Fields fields, boolean calls) {
        Optional<String> word = fields.text("stop_reason");
        if (word.isEmpty()) {
            return Optional.empty();
        }
        Reason reason = calls ? Reason.TOOL_CALLS : reason(word.get());
        return Optional.of(new Finish(reason, word.get(), fields.text("stop_sequence")));
    }

    private static Reason reason(String word) {
        return switch (word) {
            case "end_turn" -> Reason.STOP;
            case "stop_sequence" -> Reason.STOP_SEQUENCE;
            case "max_tokens" -> Reason.LENGTH;
            case "tool_use" -> Reason.TOOL_CALLS;
            case "pause_turn", "compaction" -> Reason.PAUSE;
            case "refusal" -> Reason.REFUSAL;
            case "model_context_window_exceeded" -> Reason.CONTEXT_FULL;
            default -> Reason.OTHER;
        };
    }

    /** The word this protocol itself gave, unless the finish was changed since. */
    static String same(Finish finish) {
        boolean holds =
                finish.reason() == Reason.TOOL_CALLS || reason(finish.word()) == finish.reason();
        return holds && !finish.word().isEmpty()
                ? finish.word()
                : word(finish.reason(), finish.reason() == Reason.TOOL_CALLS);
    }

    /** The word for a finish that another protocol told. */
    static String word(Reason reason, boolean calls) {
        if (calls) {
            return "tool_use";
        }
        return switch (reason) {
            case STOP, TOOL_CALLS, MALFORMED_CALL, ERROR, OTHER -> "end_turn";
            case STOP_SEQUENCE -> "stop_sequence";
            case LENGTH -> "max_tokens";
            case CONTENT_FILTER, REFUSAL -> "refusal";
            case PAUSE -> "pause_turn";
            case CONTEXT_FULL -> "model_context_window_exceeded";
        };
    }
}
