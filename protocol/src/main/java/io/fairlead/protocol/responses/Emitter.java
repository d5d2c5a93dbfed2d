package io.fairlead.protocol.responses;

import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.json.JsonObject;

import java.util.ArrayList;
import java.util.List;

/** The messages of a stream in the making, numbered in their order. Confined to one thread. */
final class Emitter {
    private List<Frame> frames = new ArrayList<>();
    private long sequence;

    /** A new message, to be filled and sent before the next. */
    JsonObject message(String type) {
        return new JsonObject().put("type", type).put("sequence_number", sequence++);
    }

    void send(String type, JsonObject message) {
        frames.add(new Frame(type, message.toBytes()));
    }

    /** A message of another's, with a number of its own. */
    void pass(Frame frame, long number) {
        frames.add(frame);
        sequence = Math.max(sequence, number + 1);
    }

    /** What was sent since the last time. */
    List<Frame> taken() {
        List<Frame> taken = frames;
        frames = new ArrayList<>();
        return taken;
    }
}
