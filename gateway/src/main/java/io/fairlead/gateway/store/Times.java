package io.fairlead.gateway.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the tables have them: microseconds and hours since 1970 in UTC. Thread-safe. */
final class Times {
    static final long HOUR_MICROS = 3_600_000_000L;

    private Times() {}

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static long hour(long micros) {
        return Math.floorDiv(micros, HOUR_MICROS);
    }
}
