package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.json.JsonObject;

/** A message of a stream being made, with the name of its event. Confined to one thread. */
record StreamMessage(String name, JsonObject body) {
    static StreamMessage of(String type) {
        return new StreamMessage(type, new JsonObject().put("type", type));
    }

    Frame frame() {
        return new Frame(name, body.toBytes());
    }
}
