package io.fairlead.protocol.adapt;

import java.util.Optional;

/**
 * A request uses something that the provider's form has no way to say. No stack trace: it is an
 * answer, not a defect. Immutable.
 */
public final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Feature> feature;
    private final String parameter;
    private final String why;

    public Unsupported(Feature feature, String why) {
        this(Optional.of(feature), feature.parameter(), why);
    }

    /**
     * @param parameter as clients call it
     */
    public Unsupported(String parameter, String why) {
        this(Optional.empty(), parameter, why);
    }

    private Unsupported(Optional<Feature> feature, String parameter, String why) {
        super(parameter + ": " + why, null, false, false);
        this.feature = feature;
        this.parameter = parameter;
        this.why = why;
    }

    /** Why, in a few words. */
    public String why() {
        return why;
    }

    /** The row of a protocol's table that says so; empty: there is none. */
    public Optional<Feature> feature() {
        return feature;
    }

    /** The request's parameter that can't be honoured. */
    public String parameter() {
        return parameter;
    }
}
