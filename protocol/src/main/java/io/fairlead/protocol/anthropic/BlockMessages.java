package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.StreamEvent.Growth;

import java.util.List;

/** The messages that blocks are made of, with their numbers. Confined to one thread. */
final class BlockMessages {
    private int started;

    /** Begins the next block. */
    void start(JsonObject block, List<StreamMessage> messages) {
        add("content_block_start", started, messages).put("content_block", block);
        started++;
    }

    /** More of the block that was begun last. */
    void delta(Growth growth, List<StreamMessage> messages) {
        add("content_block_delta", started - 1, messages).put("delta", Deltas.write(growth));
    }

    void stop(List<StreamMessage> messages) {
        add("content_block_stop", started - 1, messages);
    }

    /** A block that is whole at once. */
    void whole(JsonObject block, List<StreamMessage> messages) {
        start(block, messages);
        stop(messages);
    }

    private static JsonObject add(String type, int index, List<StreamMessage> messages) {
        StreamMessage message = StreamMessage.of(type);
        messages.add(message);
        return message.body().put("index", index);
    }
}
