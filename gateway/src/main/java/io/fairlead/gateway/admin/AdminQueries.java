package io.fairlead.gateway.admin;

import io.fairlead.gateway.ledger.RequestCursor;
import io.fairlead.gateway.ledger.RequestFilter;
import io.fairlead.gateway.ledger.RequestQuery;
import io.fairlead.gateway.ledger.RequestQuery.StatusRange;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.gateway.ledger.UsageQuery;
import io.fairlead.gateway.ledger.UsageQuery.Grouping;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes questions to the ledger from parameters. Thread-safe. */
final class AdminQueries {
    private static final int MOST_GROUPINGS = 4;

    private AdminQueries() {}

    static RequestQuery requests(QueryParameters parameters) {
        RequestQuery query =
                new RequestQuery(
                        filter(parameters),
                        parameters.all("id"),
                        parameters.all("status").stream().map(AdminQueries::status).toList(),
                        parameters.all("outcome").stream()
                                .map(name -> constant("outcome", name, Outcome.values()))
                                .toList(),
                        cursor(parameters),
                        parameters.limit(50, 1000));
        parameters.finish();
        return query;
    }

    static UsageQuery usage(QueryParameters parameters) {
        List<Grouping> groups = new ArrayList<>();
        for (String given : parameters.all("group")) {
            for (String name : given.split(",", -1)) {
                Grouping group = constant("group", name, Grouping.values());
                if (!groups.contains(group)) {
                    groups.add(group);
                }
            }
        }
        if (groups.size() > MOST_GROUPINGS) {
            throw QueryParameters.bad(
                    "group", groups.size() + " (expected: up to " + MOST_GROUPINGS + ")");
        }
        UsageQuery query =
                new UsageQuery(filter(parameters), groups, parameters.limit(1000, 10_000));
        parameters.finish();
        return query;
    }

    private static RequestFilter filter(QueryParameters parameters) {
        Optional<Instant> from = parameters.time("from");
        Optional<Instant> to = parameters.time("to");
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            throw QueryParameters.bad("to", to.get() + " is before from (expected: after it)");
        }
        return new RequestFilter(
                parameters.all("key"),
                parameters.all("team"),
                parameters.all("user"),
                parameters.all("model"),
                parameters.all("provider"),
                parameters.all("tag"),
                from,
                to);
    }

    /** The answer calls it {@code next}; both names of it are understood. */
    private static Optional<RequestCursor> cursor(QueryParameters parameters) {
        Optional<String> given = parameters.one("cursor");
        Optional<String> next = parameters.one("next");
        Optional<String> encoded = given.isPresent() ? given : next;
        Optional<RequestCursor> cursor = encoded.flatMap(RequestCursor::parse);
        if (encoded.isPresent() && cursor.isEmpty()) {
            throw QueryParameters.bad(
                    given.isPresent() ? "cursor" : "next",
                    "not a cursor (expected: the value of next in an answer)");
        }
        return cursor;
    }

    private static StatusRange status(String text) {
        if (text.length() == 3 && text.charAt(0) >= '1' && text.charAt(0) <= '5') {
            int hundred = (text.charAt(0) - '0') * 100;
            if (text.endsWith("xx")) {
                return new StatusRange(hundred, hundred + 99);
            }
            if (Character.digit(text.charAt(1), 10) >= 0
                    && Character.digit(text.charAt(2), 10) >= 0) {
                int status = Integer.parseInt(text);
                return new StatusRange(status, status);
            }
        }
        throw QueryParameters.bad("status", text + " (expected: like 429 or 5xx)");
    }

    private static <E extends Enum<E>> E constant(String parameter, String name, E[] constants) {
        for (E constant : constants) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(name)) {
                return constant;
            }
        }
        throw QueryParameters.bad(
                parameter,
                name
                        + " (expected: "
                        + Arrays.stream(constants)
                                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + ")");
    }
}
