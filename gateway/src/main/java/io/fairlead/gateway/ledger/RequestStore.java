package io.fairlead.gateway.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the ledger needs of a database. Every method may throw {@link StoreUnavailableException}.
 * The first three and {@link #close} are called by one thread, the queries by any.
 */
public interface RequestStore extends AutoCloseable {
    /** Opens a store; may take long, so it is called in the background, and again if it fails. */
    @FunctionalInterface
    interface Opener {
        RequestStore open();
    }

    /**
     * Stores records in one transaction. One whose id is there already is left out: storing twice
     * changes nothing.
     *
     * @return how many were new
     */
    int store(List<EncodedRecord> batch);

    /** Returns when everything stored so far would survive a loss of power. */
    void makeDurable();

    /**
     * Removes some of the oldest requests; their usage stays.
     *
     * @param now the present
     * @return how many were removed; fewer than {@code limit}: nothing more to remove
     */
    int expire(Retention retention, Instant now, int limit);

    /** Requests, newest first. */
    RequestPage requests(RequestQuery query);

    /** One request. */
    Optional<RequestRecord> request(String id);

    /** Sums over requests, also over those that have been removed since. */
    UsageReport usage(UsageQuery query);

    @Override
    void close();
}
