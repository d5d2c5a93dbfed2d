package io.fairlead.gateway.telemetry;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Meters by a label value, for a bounded number of values, so that no client can grow the metrics
 * without end. What finds no place is counted under a value that the caller chooses. Thread-safe.
 */
final class LabelLimit<M> {
    static final String OTHER = "other";
    private static final int LONGEST_VALUE = 120;

    private final ConcurrentHashMap<String, M> known = new ConcurrentHashMap<>();
    private final int most;
    private final Function<String, M> create;

    LabelLimit(int most, Function<String, M> create) {
        this.most = most;
        this.create = create;
    }

    /** The meters of {@code value}, or of {@value #OTHER} when there is no place for it. */
    M of(String value) {
        M meters = find(value, true);
        return meters != null ? meters : known.computeIfAbsent(OTHER, create);
    }

    /**
     * The meters of {@code value}; null when there is no place for it.
     *
     * @param worthy whether a value not seen before may take one of the places
     */
    @Nullable M find(String value, boolean worthy) {
        M meters = known.get(value);
        if (meters != null) {
            return meters;
        }
        return worthy && value.length() <= LONGEST_VALUE ? admit(value) : null;
    }

    private synchronized @Nullable M admit(String value) {
        return known.size() < most ? known.computeIfAbsent(value, create) : known.get(value);
    }
}
