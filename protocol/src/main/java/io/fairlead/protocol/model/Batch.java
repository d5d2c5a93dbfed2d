package io.fairlead.protocol.model;

import java.util.List;

/**
 * All that one message of a stream said. Writers that speak the same protocol make one message of
 * it again; others as many as they need. Immutable.
 *
 * @param beside what the message said besides its events: members of its outermost object
 */
public record Batch(List<StreamEvent> events, Beside beside) {
    public static final Batch EMPTY = new Batch(List.of(), Beside.NONE);

    public Batch {
        events = List.copyOf(events);
    }

    public static Batch of(StreamEvent... events) {
        return new Batch(List.of(events), Beside.NONE);
    }
}
