package io.fairlead.protocol.chatform;

import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Seal;

import org.jspecify.annotations.Nullable;

/** A part of a stream that is being written, and what of it is told. Confined to one thread. */
final class OpenPart {
    final Part head;
    final StringBuilder text = new StringBuilder();
    String id = "";
    int call;
    int section;
    long detail = -1;
    boolean summary;
    boolean told;
    @Nullable Seal seal;

    OpenPart(Part head) {
        this.head = head;
        this.seal = head.marks().seal().orElse(null);
    }
}
