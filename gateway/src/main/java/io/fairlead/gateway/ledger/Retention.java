package io.fairlead.gateway.ledger;

import java.time.Duration;
import java.util.Optional;

/**
 * How long single requests are kept. Sums of usage are kept always, and so is every request of the
 * last hour, which the journal may still hold. Immutable.
 *
 * @param age older ones are removed
 * @param bytes the oldest are removed when the store is larger
 */
public record Retention(Optional<Duration> age, Optional<Long> bytes) {
    public static final Retention FOREVER = new Retention(Optional.empty(), Optional.empty());

    /** What is younger is never removed. */
    public static final Duration LEAST = Duration.ofHours(1);
}
