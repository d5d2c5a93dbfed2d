package io.fairlead.gateway.routing;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Times that double with each try, up to a bound. Stateless. */
final class Doubling {
    private Doubling() {}

    /** {@code first} for the first time, twice that for the second, and so on. */
    static Duration of(Duration first, int time, Duration longest) {
        int doublings = Math.min(Math.max(time - 1, 0), 30);
        Duration grown = first.multipliedBy(1L << doublings);
        return grown.compareTo(longest) > 0 ? longest : grown;
    }

    /**
     * Somewhere between half of {@code nanos} and all of it, so that clients don't come in step.
     */
    static long jittered(long nanos, RandomGenerator random) {
        return nanos <= 1 ? nanos : nanos / 2 + random.nextLong(nanos - nanos / 2 + 1);
    }
}
