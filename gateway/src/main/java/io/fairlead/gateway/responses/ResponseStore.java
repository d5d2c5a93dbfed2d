package io.fairlead.gateway.responses;

import java.time.Instant;
import java.util.Optional;

/**
 * What the archive needs of a database. Every method may throw a {@link RuntimeException}, after
 * which the store is closed and opened anew. Confined to one thread.
 */
public interface ResponseStore extends AutoCloseable {
    /** Opens a store; called when it is first needed, and again after it failed. */
    @FunctionalInterface
    interface Opener {
        ResponseStore open();
    }

    /** Keeps a response; one of that id is replaced. */
    void put(ArchivedResponse response);

    /** The body of a response, if that owner has it, and it was not kept before that moment. */
    Optional<byte[]> find(String id, String owner, Instant oldest);

    /** Whether there was such a one. */
    boolean delete(String id, String owner);

    /**
     * Removes the oldest.
     *
     * @param before those kept earlier go
     * @param bytes and as many more as it takes for the rest to be no larger
     * @param limit at most so many at once
     * @return how many
     */
    int expire(Instant before, long bytes, int limit);

    @Override
    void close();
}
