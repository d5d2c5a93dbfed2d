package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.model.StreamEvent.Growth;

import java.util.List;

/** A medium that another protocol streams: one block, once it is whole. Confined to one thread. */
final class MediaBlock implements OpenBlock {
    private final Media head;
    private final AnswerBlocks blocks;
    private final BlockMessages written;
    private final StringBuilder base64 = new StringBuilder();

    MediaBlock(Media head, AnswerBlocks blocks, BlockMessages written) {
        this.head = head;
        this.blocks = blocks;
        this.written = written;
    }

    @Override
    public void start(List<StreamMessage> messages) {
        if (head.source() instanceof Source.Inline inline) {
            base64.append(inline.base64());
        }
    }

    @Override
    public void grow(Growth growth, List<StreamMessage> messages) {
        if (growth instanceof Growth.MoreMedia(String more)) {
            base64.append(more);
        }
    }

    @Override
    public void end(List<StreamMessage> messages) {
        Media media =
                head.source() instanceof Source.Inline inline
                        ? head.withSource(new Source.Inline(inline.mediaType(), base64.toString()))
                        : head;
        blocks.of(media).forEach(block -> written.whole(block, messages));
    }
}
