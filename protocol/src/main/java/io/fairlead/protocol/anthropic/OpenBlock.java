package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;

import java.util.List;

/** A block of a streamed answer while it is being written. Confined to one thread. */
interface OpenBlock {
    void start(List<StreamMessage> messages);

    void grow(Growth growth, List<StreamMessage> messages);

    void end(List<StreamMessage> messages);

    /** For a part that another protocol streams. */
    static OpenBlock of(Part head, AnswerBlocks blocks, BlockMessages written) {
        return switch (head) {
            case Text text -> new TextBlock(text, blocks, written);
            case Refusal refusal -> new TextBlock(Text.of(refusal.text()), blocks, written);
            case Reasoning reasoning -> new ThinkingBlock(reasoning, blocks, written);
            case ToolCall call -> new CallBlock(call, blocks, written);
            case Media media -> new MediaBlock(media, blocks, written);
            case Foreign foreign ->
                    foreign.origin() == Own.ORIGIN
                            ? new OwnBlock(foreign, blocks, written)
                            : new NoBlock();
            case ToolResult ignored -> new NoBlock();
        };
    }

    /** A part this protocol has no word for. */
    record NoBlock() implements OpenBlock {
        @Override
        public void start(List<StreamMessage> messages) {}

        @Override
        public void grow(Growth growth, List<StreamMessage> messages) {}

        @Override
        public void end(List<StreamMessage> messages) {}
    }
}
