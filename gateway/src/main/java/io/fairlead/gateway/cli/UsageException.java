package io.fairlead.gateway.cli;

/** The command line can't be understood; the message says what to do. Immutable. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message, null, false, false);
    }
}
