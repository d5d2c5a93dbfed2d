package io.fairlead.protocol.responses;

import io.fairlead.protocol.model.StreamEvent.Growth;

/** A part of a streamed answer that is being written. Confined to one thread. */
interface OpenPart {
    void grow(Growth growth);

    void end();
}
