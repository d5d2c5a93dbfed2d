package io.fairlead.gateway.responses;

import java.time.Duration;

/**
 * How much is kept, and for how long. Immutable.
 *
 * @param age how long a response stays
 * @param bytes how large all together may become; the oldest go
 */
public record ArchiveLimits(Duration age, long bytes) {
    public static final ArchiveLimits DEFAULT = new ArchiveLimits(Duration.ofDays(30), 1L << 30);

    /** A response with its input; a larger one is not kept. */
    static final int MOST_ONE = 8 << 20;

    /** What may wait to be written. */
    static final long MOST_WAITING = 64L << 20;

    /** A conversation that goes on from a response, all together. */
    static final int MOST_CONVERSATION = 32 << 20;

    /** Responses of one conversation. */
    static final int MOST_LINKS = 1_000;
}
