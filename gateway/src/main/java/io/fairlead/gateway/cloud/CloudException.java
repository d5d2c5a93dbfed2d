package io.fairlead.gateway.cloud;

/** A cloud lends nothing; the message says why, without any secret. Immutable. */
public final class CloudException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean refused;

    private CloudException(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    /** Who asks is unknown there, or has nothing to ask with: to ask again helps nobody. */
    static CloudException refused(String message) {
        return new CloudException(message, true);
    }

    /** Nobody answered, or made no sense. */
    static CloudException unavailable(String message) {
        return new CloudException(message, false);
    }

    /** Whether the operator must put it right. */
    public boolean refused() {
        return refused;
    }
}
