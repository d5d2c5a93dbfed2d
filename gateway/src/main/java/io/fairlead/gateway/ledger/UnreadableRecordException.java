package io.fairlead.gateway.ledger;

/** Bytes that are no record, or one of a newer version than this program knows. Immutable. */
public final class UnreadableRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnreadableRecordException(String message) {
        super(message, null, false, false);
    }
}
