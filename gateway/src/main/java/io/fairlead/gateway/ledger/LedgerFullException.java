package io.fairlead.gateway.ledger;

/**
 * The journal has no room for a record: the disk is full or the store has been away too long.
 * Immutable.
 */
public final class LedgerFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerFullException(String message) {
        super(message, null, false, false);
    }
}
