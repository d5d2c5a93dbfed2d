package io.fairlead.protocol.codec;

import io.fairlead.kernel.GatewayError;
import io.fairlead.protocol.model.Batch;

import java.util.List;

/**
 * Writes one stream for a client. Holds what the protocol's order of events needs and nothing more.
 * Confined to one thread.
 */
public interface StreamWriter {
    /** The messages that these events are in this protocol; none if it has no words for them. */
    List<Frame> write(Batch batch);

    /** The message that tells the client that the answer broke off; nothing is written after it. */
    List<Frame> fail(GatewayError error);
}
