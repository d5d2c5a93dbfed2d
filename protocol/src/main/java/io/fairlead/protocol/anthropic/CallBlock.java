package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.ToolCall;

import java.util.List;
import java.util.Optional;

/** A call that another protocol streams. Confined to one thread. */
final class CallBlock implements OpenBlock {
    private final ToolCall head;
    private final AnswerBlocks blocks;
    private final BlockMessages written;
    private Optional<Seal> lateSeal = Optional.empty();
    private boolean argued;

    CallBlock(ToolCall head, AnswerBlocks blocks, BlockMessages written) {
        this.head = head;
        this.blocks = blocks;
        this.written = written;
    }

    @Override
    public void start(List<StreamMessage> messages) {
        head.marks()
                .seal()
                .map(seal -> AnswerBlocks.packed(seal, PackedSeal.Place.NEXT))
                .ifPresent(block -> written.whole(block, messages));
        written.start(blocks.call(head.withArguments("")), messages);
        if (!head.arguments().isEmpty()) {
            grow(new Growth.MoreArguments(head.arguments()), messages);
        }
    }

    @Override
    public void grow(Growth growth, List<StreamMessage> messages) {
        if (growth instanceof Growth.Sealed(Seal seal)) {
            lateSeal = Optional.of(seal);
        } else if (growth instanceof Growth.MoreArguments(String text) && !text.isEmpty()) {
            argued = true;
            written.delta(growth, messages);
        }
    }

    @Override
    public void end(List<StreamMessage> messages) {
        if (!argued) {
            written.delta(new Growth.MoreArguments("{}"), messages);
        }
        written.stop(messages);
        lateSeal.map(seal -> AnswerBlocks.packed(seal, PackedSeal.Place.BEFORE))
                .ifPresent(block -> written.whole(block, messages));
    }
}
