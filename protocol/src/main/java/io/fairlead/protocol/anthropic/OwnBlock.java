package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent.Growth;

import java.util.List;
import java.util.Optional;

/** A block that Anthropic itself streams: message for message the same. Confined to one thread. */
final class OwnBlock implements OpenBlock {
    private final Part head;
    private final AnswerBlocks blocks;
    private final BlockMessages written;

    OwnBlock(Part head, AnswerBlocks blocks, BlockMessages written) {
        this.head = head;
        this.blocks = blocks;
        this.written = written;
    }

    @Override
    public void start(List<StreamMessage> messages) {
        blocks.of(head).forEach(block -> written.start(block, messages));
    }

    @Override
    public void grow(Growth growth, List<StreamMessage> messages) {
        written.delta(growth instanceof Growth.Sealed(Seal seal) ? packed(seal) : growth, messages);
    }

    /** Behind another gateway of ours, the seal may be another provider's. */
    private static Growth packed(Seal seal) {
        String data = AnswerBlocks.data(seal, false);
        return new Growth.Sealed(new Seal(seal.kind(), seal.owner(), data, Optional.empty()));
    }

    @Override
    public void end(List<StreamMessage> messages) {
        written.stop(messages);
    }
}
