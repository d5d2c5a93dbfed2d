package io.fairlead.gateway.ledger;

import java.util.Optional;

/**
 * What can be asked of the ledger. Answers include every request that was recorded before the
 * question. Every method may block, and may throw {@link StoreUnavailableException}; any thread but
 * an event loop may call them.
 */
public interface LedgerReader {
    /** Requests, newest first. */
    RequestPage requests(RequestQuery query);

    /** One request. */
    Optional<RequestRecord> request(String id);

    /** Sums over requests. */
    UsageReport usage(UsageQuery query);

    /** The ledger in numbers; never blocks. */
    LedgerStats stats();
}
