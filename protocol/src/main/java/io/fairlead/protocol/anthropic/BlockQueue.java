package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.ToolCall;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The blocks of a streamed answer, one after the other: parts that other protocols send at the same
 * time wait until the one before is whole. Confined to one thread.
 */
final class BlockQueue {
    /** A part that waits for its turn. */
    private static final class Waiting {
        private final OpenBlock block;
        private final List<Growth> growths = new ArrayList<>();
        private boolean ended;

        Waiting(OpenBlock block) {
            this.block = block;
        }
    }

    private final BlockMessages written = new BlockMessages();
    private final AnswerBlocks ownBlocks;
    private final AnswerBlocks otherBlocks;
    private final Map<Integer, Waiting> waiting = new LinkedHashMap<>();
    private @Nullable OpenBlock open;
    private int openPart;
    private boolean called;
    private boolean refused;

    BlockQueue(AnswerContext context) {
        ownBlocks = new AnswerBlocks(context, true);
        otherBlocks = new AnswerBlocks(context, false);
    }

    void started(int part, Part head, boolean own, List<StreamMessage> messages) {
        called |= head instanceof ToolCall;
        refused |= head instanceof Refusal;
        OpenBlock block =
                own
                        ? new OwnBlock(head, ownBlocks, written)
                        : OpenBlock.of(head, otherBlocks, written);
        if (open == null) {
            open = block;
            openPart = part;
            block.start(messages);
        } else {
            waiting.put(part, new Waiting(block));
        }
    }

    void grew(int part, Growth growth, List<StreamMessage> messages) {
        if (open != null && part == openPart) {
            open.grow(growth, messages);
            return;
        }
        Waiting later = waiting.get(part);
        if (later != null) {
            later.growths.add(growth);
        }
    }

    void ended(int part, List<StreamMessage> messages) {
        if (open != null && part == openPart) {
            open.end(messages);
            open = null;
            next(messages);
            return;
        }
        Waiting later = waiting.get(part);
        if (later != null) {
            later.ended = true;
        }
    }

    /** Lets those in that waited, up to the first that is not whole yet. */
    private void next(List<StreamMessage> messages) {
        Iterator<Map.Entry<Integer, Waiting>> queue = waiting.entrySet().iterator();
        while (open == null && queue.hasNext()) {
            Map.Entry<Integer, Waiting> entry = queue.next();
            queue.remove();
            Waiting part = entry.getValue();
            part.block.start(messages);
            for (Growth growth : part.growths) {
                part.block.grow(growth, messages);
            }
            if (part.ended) {
                part.block.end(messages);
            } else {
                open = part.block;
                openPart = entry.getKey();
            }
        }
    }

    /** Ends what was left open: streams of other protocols may end at once. */
    void endAll(List<StreamMessage> messages) {
        while (open != null) {
            ended(openPart, messages);
        }
    }

    /** Whether there was a call of a tool. */
    boolean called() {
        return called;
    }

    /** Whether the model declined. */
    boolean refused() {
        return refused;
    }
}
