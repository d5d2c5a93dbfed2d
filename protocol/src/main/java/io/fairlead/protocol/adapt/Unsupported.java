package io.fairlead.protocol.adapt;

/**
 * A request uses a feature that this protocol refuses. No stack trace: it is an answer, not a
 * defect. Immutable.
 */
public final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Feature feature;
    private final String why;

    public Unsupported(Feature feature, String why) {
        super(feature.parameter() + ": " + why, null, false, false);
        this.feature = feature;
        this.why = why;
    }

    /** Why, in a few words. */
    public String why() {
        return why;
    }

    public Feature feature() {
        return feature;
    }
}
