package io.fairlead.gateway.ledger;

import io.fairlead.gateway.ledger.RequestRecord.Outcome;

import java.util.List;
import java.util.Optional;

/**
 * A page of requests, newest first. Immutable.
 *
 * @param filter which
 * @param ids only these; empty: all
 * @param statuses only these HTTP statuses; empty: all
 * @param outcomes only these outcomes; empty: all
 * @param after where the page before ended
 * @param limit the most there are on a page
 */
public record RequestQuery(
        RequestFilter filter,
        List<String> ids,
        List<StatusRange> statuses,
        List<Outcome> outcomes,
        Optional<RequestCursor> after,
        int limit) {

    /** HTTP statuses from {@code first} to {@code last}. */
    public record StatusRange(int first, int last) {}

    public RequestQuery {
        ids = List.copyOf(ids);
        statuses = List.copyOf(statuses);
        outcomes = List.copyOf(outcomes);
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 or more)");
        }
    }

    /** The newest requests of all. */
    public static RequestQuery newest(int limit) {
        return new RequestQuery(
                RequestFilter.ALL, List.of(), List.of(), List.of(), Optional.empty(), limit);
    }

    public RequestQuery behind(RequestCursor cursor) {
        return new RequestQuery(filter, ids, statuses, outcomes, Optional.of(cursor), limit);
    }
}
