package io.fairlead.gateway.edge;

import org.jspecify.annotations.Nullable;

/**
 * Why the gateway does not listen, for the operator: the address is taken or forbidden, or its
 * certificate can't be used. The message says what to change. Immutable.
 */
public final class ListenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean configuration;

    private ListenException(boolean configuration, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.configuration = configuration;
    }

    /** The configuration asks for what can't be. */
    static ListenException configuration(String message) {
        return new ListenException(true, message, null);
    }

    /** The same, with what it came from. */
    static ListenException configuration(String message, Throwable cause) {
        return new ListenException(true, message, cause);
    }

    /** The machine refuses: the port is taken, for example. */
    static ListenException refused(String message, Throwable cause) {
        return new ListenException(false, message, cause);
    }

    /** Whether another configuration is needed, and not just another moment. */
    public boolean configuration() {
        return configuration;
    }
}
