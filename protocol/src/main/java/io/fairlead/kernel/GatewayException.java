package io.fairlead.kernel;

/**
 * Carries a {@link GatewayError} to the edge, which renders it. No stack trace: it is an answer,
 * not a defect. Immutable.
 */
public final class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient GatewayError error;

    public GatewayException(GatewayError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    public GatewayException(ErrorCode code, String message) {
        this(GatewayError.of(code, message));
    }

    public GatewayError error() {
        return error;
    }
}
