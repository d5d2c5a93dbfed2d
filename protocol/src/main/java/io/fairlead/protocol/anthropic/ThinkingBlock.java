package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent.Growth;

import java.util.List;
import java.util.Optional;

/**
 * Thoughts that another protocol streams. Whether they are redacted shows when there is no text at
 * their end, and their seal comes last. Confined to one thread.
 */
final class ThinkingBlock implements OpenBlock {
    private static final JsonObject EMPTY =
            new JsonObject().put("type", "thinking").put("thinking", "").put("signature", "");

    private final Reasoning head;
    private final AnswerBlocks blocks;
    private final BlockMessages written;
    private Optional<Seal> seal;
    private boolean begun;
    private boolean summary;
    private int section;

    ThinkingBlock(Reasoning head, AnswerBlocks blocks, BlockMessages written) {
        this.head = head;
        this.blocks = blocks;
        this.written = written;
        this.seal = head.marks().seal();
    }

    @Override
    public void start(List<StreamMessage> messages) {
        if (!head.text().isEmpty()) {
            boolean summarised = head.content().isEmpty();
            grow(new Growth.MoreReasoning(head.text(), summarised, 0), messages);
        }
    }

    @Override
    public void grow(Growth growth, List<StreamMessage> messages) {
        if (growth instanceof Growth.Sealed(Seal newSeal)) {
            seal = Optional.of(newSeal);
        } else if (growth instanceof Growth.MoreReasoning more && !more.text().isEmpty()) {
            text(more, messages);
        }
    }

    private void text(Growth.MoreReasoning more, List<StreamMessage> messages) {
        if (!begun) {
            begun = true;
            summary = more.summary();
            section = more.section();
            written.start(EMPTY, messages);
        }
        if (more.summary() != summary) {
            // A summary and the thoughts themselves are blocks of their own; the seal comes last.
            summary = more.summary();
            section = more.section();
            written.stop(messages);
            written.start(EMPTY, messages);
        }
        if (more.section() != section) {
            section = more.section();
            written.delta(new Growth.MoreReasoning("\n\n", summary, section), messages);
        }
        written.delta(more, messages);
    }

    @Override
    public void end(List<StreamMessage> messages) {
        if (!begun) {
            Reasoning unseen = new Reasoning(List.of(), List.of(), Marks.of(seal, Beside.NONE));
            blocks.reasoning(unseen).ifPresent(block -> written.whole(block, messages));
            return;
        }
        if (seal.isPresent()) {
            Seal known = seal.get();
            String data = AnswerBlocks.data(known, summary);
            Seal packed = new Seal(known.kind(), known.owner(), data, Optional.empty());
            written.delta(new Growth.Sealed(packed), messages);
        }
        written.stop(messages);
    }
}
