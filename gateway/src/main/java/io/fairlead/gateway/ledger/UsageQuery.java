package io.fairlead.gateway.ledger;

import java.util.List;

/**
 * A question for sums. Immutable.
 *
 * @param filter over which requests
 * @param groups what to make groups by; empty: only the total
 * @param limit the most groups
 */
public record UsageQuery(RequestFilter filter, List<Grouping> groups, int limit) {

    /** What requests are grouped by. Days and months are those of UTC. */
    public enum Grouping {
        KEY,
        TEAM,
        USER,
        /** The model as deployed, or as asked for where none was tried. */
        MODEL,
        REQUESTED_MODEL,
        PROVIDER,
        /** A request with several tags counts for each. */
        TAG,
        HOUR,
        DAY,
        MONTH
    }

    public UsageQuery {
        groups = List.copyOf(groups);
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 or more)");
        }
    }
}
