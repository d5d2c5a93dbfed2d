package io.fairlead.gateway.edge;

/**
 * Why the gateway does not listen, for the operator: the address is taken or forbidden, or its
 * certificate can't be used. The message says what to change. Immutable.
 */
public final class ListenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ListenException(String message) {
        super(message);
    }

    ListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
