package io.fairlead.protocol.codec;

import io.fairlead.protocol.model.Batch;

/** Reads one stream of a provider, message by message. Confined to one thread. */
public interface StreamReader {
    /**
     * What the next message says; {@link Batch#EMPTY} if nothing.
     *
     * @throws Unreadable if it is not what the protocol sends
     */
    Batch read(Frame frame);

    /**
     * The body ended as HTTP says it should. Whether that makes the answer complete is the
     * protocol's to say: where a last message marks the end, nothing follows here.
     */
    Batch end();
}
