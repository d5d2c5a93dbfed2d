package io.fairlead.gateway.ledger;

/**
 * The store can't do it now: locked by another process, disk full, read-only, not open yet. Trying
 * again later is right; nothing was changed. Immutable.
 */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreUnavailableException(String message) {
        super(message, null, false, false);
    }
}
