package io.fairlead.gateway.config;

import io.fairlead.kernel.Money;

import java.time.Duration;

/**
 * Most money that may be spent in a period. Immutable.
 *
 * @param limit the amount
 * @param per the period after which it renews
 */
public record BudgetConfig(Money limit, Period per) {

    /** When a budget renews. */
    public sealed interface Period {
        /** With the calendar, in UTC. */
        enum Calendar implements Period {
            DAY,
            WEEK,
            MONTH
        }

        /** A window that moves with time. */
        record Rolling(Duration length) implements Period {}
    }
}
