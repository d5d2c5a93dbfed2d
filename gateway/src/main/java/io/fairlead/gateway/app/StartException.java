package io.fairlead.gateway.app;

/** The gateway can't start; the message says why and what to do. Immutable. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean usage;

    StartException(boolean usage, String message) {
        super(message, null, false, false);
        this.usage = usage;
    }

    /** Whether another command line or configuration would help: exit code 2 instead of 1. */
    public boolean usage() {
        return usage;
    }
}
