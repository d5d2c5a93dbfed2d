package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;

import java.util.List;

/**
 * A part as a stream begins it, without what it says, and what it says already. Immutable.
 *
 * @param growths usually none: blocks begin empty
 */
record PartHead(Part part, List<Growth> growths) {
    static PartHead of(Part part) {
        if (part instanceof Text text && !text.words().isEmpty()) {
            return new PartHead(text.withText(""), List.of(new Growth.MoreText(text.text())));
        }
        if (part instanceof Reasoning reasoning && !reasoning.content().isEmpty()) {
            Growth growth = new Growth.MoreReasoning(reasoning.text(), false, 0);
            Reasoning bare = new Reasoning(List.of(), List.of(), reasoning.marks());
            return new PartHead(bare, List.of(growth));
        }
        if (part instanceof ToolCall call) {
            ToolCall bare = call.withArguments("");
            return isNothing(call.arguments())
                    ? new PartHead(bare, List.of())
                    : new PartHead(bare, List.of(new Growth.MoreArguments(call.arguments())));
        }
        return new PartHead(part, List.of());
    }

    private static boolean isNothing(String arguments) {
        return arguments.isEmpty() || arguments.equals("{}") || arguments.equals("null");
    }
}
