package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;

import java.util.List;
import java.util.Optional;

/**
 * Text that another protocol streams. It begins with its first character, because a block without
 * text is refused when the client sends it back. Confined to one thread.
 */
final class TextBlock implements OpenBlock {
    private final Text head;
    private final AnswerBlocks blocks;
    private final BlockMessages written;
    private Optional<Seal> seal;
    private boolean begun;

    TextBlock(Text head, AnswerBlocks blocks, BlockMessages written) {
        this.head = head;
        this.blocks = blocks;
        this.written = written;
        this.seal = head.marks().seal();
    }

    @Override
    public void start(List<StreamMessage> messages) {
        if (!head.text().isEmpty()) {
            grow(new Growth.MoreText(head.text()), messages);
        }
    }

    @Override
    public void grow(Growth growth, List<StreamMessage> messages) {
        if (growth instanceof Growth.Sealed(Seal newSeal)) {
            seal = Optional.of(newSeal);
        } else if (growth instanceof Growth.MoreText(String text)) {
            if (!text.isEmpty()) {
                begin(messages);
                written.delta(growth, messages);
            }
        } else if (growth instanceof Growth.Cited) {
            begin(messages);
            written.delta(growth, messages);
        }
    }

    private void begin(List<StreamMessage> messages) {
        if (!begun) {
            begun = true;
            written.start(blocks.text(head.withText("")), messages);
        }
    }

    @Override
    public void end(List<StreamMessage> messages) {
        if (begun) {
            written.stop(messages);
        }
        PackedSeal.Place place = begun ? PackedSeal.Place.BEFORE : PackedSeal.Place.ALONE;
        seal.ifPresent(s -> written.whole(AnswerBlocks.packed(s, place), messages));
    }
}
