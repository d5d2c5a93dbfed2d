package io.fairlead.gateway.ledger;

/**
 * Where every request is recorded. {@link #append} returns when the record would survive {@code
 * kill -9} of this process, so it is called before the end of the answer is sent. Callable from any
 * event loop; never blocks on a disk flush, a database or another thread.
 */
public interface Ledger {
    /**
     * Whether there is room for records of requests that start now. When false, requests are
     * refused with {@code ledger_unavailable} instead of being served unrecorded. A volatile read.
     */
    boolean accepting();

    /**
     * Records one request.
     *
     * @throws LedgerFullException when there is no room; what could not be recorded is counted
     */
    void append(RequestRecord entry);
}
