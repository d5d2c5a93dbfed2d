package io.fairlead.gateway.store;

import io.fairlead.gateway.ledger.RecordCodec;
import io.fairlead.gateway.ledger.RequestCursor;
import io.fairlead.gateway.ledger.RequestPage;
import io.fairlead.gateway.ledger.RequestQuery;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.gateway.ledger.UnreadableRecordException;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds a page of requests, newest first. A search asks the hourly sums which hours can have any,
 * and looks only there, hour by hour; when that takes long, the page ends early and its cursor goes
 * on from there. Confined to one thread.
 */
final class RequestSearch {
    private static final String ROWS =
            "SELECT r.record, r.seq FROM request r JOIN dimension d ON d.id = r.dimension WHERE ";

    private static final String HOURS =
            "SELECT DISTINCT u.hour FROM usage_hour u JOIN dimension d ON d.id = u.dimension WHERE"
                    + " ";

    /** After this time a page ends with the hour that is being searched. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private static final int FIRST_ERROR_STATUS = 400;

    private final Connection connection;
    private final RequestQuery query;
    private final SqlFilter onDimension;
    private final List<RequestRecord> found = new ArrayList<>();
    private final List<Long> sequences = new ArrayList<>();
    private final long longestNanos;
    private Optional<RequestCursor> rest = Optional.empty();

    RequestSearch(Connection connection, RequestQuery query) {
        this(connection, query, LONGEST);
    }

    RequestSearch(Connection connection, RequestQuery query, Duration longest) {
        this.connection = connection;
        this.longestNanos = longest.toNanos();
        this.query = query;
        this.onDimension = SqlFilter.onDimension(query.filter());
    }

    static Optional<RequestRecord> byId(Connection connection, String id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT record FROM request WHERE id = ?")) {
            select.setString(1, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(decode(rows.getBytes(1))) : Optional.empty();
            }
        }
    }

    RequestPage page() throws SQLException {
        if (query.ids().isEmpty() && (onDimension.any() || asksForOutcome())) {
            searchHours();
        } else {
            search(onRequest());
        }
        // One more than the page holds was looked for, to know whether there is a next one.
        if (found.size() <= query.limit()) {
            return new RequestPage(found, rest);
        }
        List<RequestRecord> page = found.subList(0, query.limit());
        RequestCursor next =
                new RequestCursor(page.getLast().startedAt(), sequences.get(query.limit() - 1));
        return new RequestPage(page, Optional.of(next));
    }

    private boolean asksForOutcome() {
        return !query.statuses().isEmpty() || !query.outcomes().isEmpty();
    }

    private void searchHours() throws SQLException {
        long began = System.nanoTime();
        SqlFilter hours = new SqlFilter();
        hours.and(onDimension);
        hoursWithOutcome(hours);
        query.filter().from().ifPresent(at -> hours.and("u.hour >= ?", hour(at)));
        query.filter().to().ifPresent(at -> hours.and("u.hour <= ?", hour(at)));
        query.after().ifPresent(last -> hours.and("u.hour <= ?", hour(last.startedAt())));
        try (PreparedStatement select =
                connection.prepareStatement(HOURS + hours.sql() + " ORDER BY u.hour DESC")) {
            hours.bind(select, 1);
            try (ResultSet rows = select.executeQuery()) {
                while (found.size() <= query.limit() && rows.next()) {
                    long from = rows.getLong(1) * Times.HOUR_MICROS;
                    SqlFilter within = onRequest();
                    within.and("r.started_at >= ?", from);
                    within.and("r.started_at < ?", from + Times.HOUR_MICROS);
                    search(within);
                    if (System.nanoTime() - began >= longestNanos) {
                        Instant before = Instant.EPOCH.plus(from - 1, ChronoUnit.MICROS);
                        rest = Optional.of(new RequestCursor(before, Long.MAX_VALUE));
                        return;
                    }
                }
            }
        }
    }

    /** An error status means that the request failed or was cancelled, and those are counted. */
    private void hoursWithOutcome(SqlFilter hours) {
        boolean errors =
                !query.statuses().isEmpty()
                        && query.statuses().stream()
                                .allMatch(range -> range.first() >= FIRST_ERROR_STATUS);
        if (errors) {
            hours.and("(u.errors > 0 OR u.cancelled > 0)");
        }
        if (!query.outcomes().isEmpty()) {
            hours.and(
                    query.outcomes().stream()
                            .map(RequestSearch::counted)
                            .collect(Collectors.joining(" OR ", "(", ")")));
        }
    }

    private static String counted(Outcome outcome) {
        return switch (outcome) {
            case COMPLETED -> "u.requests > u.errors + u.cancelled";
            case FAILED -> "u.errors > 0";
            case CANCELLED -> "u.cancelled > 0";
        };
    }

    private void search(SqlFilter conditions) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        ROWS
                                + conditions.sql()
                                + " ORDER BY r.started_at DESC, r.seq DESC LIMIT ?")) {
            int next = conditions.bind(select, 1);
            select.setInt(next, query.limit() + 1 - found.size());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(decode(rows.getBytes(1)));
                    sequences.add(rows.getLong(2));
                }
            }
        }
    }

    private SqlFilter onRequest() {
        SqlFilter conditions = new SqlFilter();
        conditions.and(onDimension);
        conditions.anyOf(query.ids(), "r.id");
        conditions.anyOf(
                query.outcomes().stream()
                        .map(outcome -> outcome.name().toLowerCase(Locale.ROOT))
                        .toList(),
                "r.outcome");
        statuses(conditions);
        query.filter()
                .from()
                .ifPresent(at -> conditions.and("r.started_at >= ?", Times.micros(at)));
        query.filter().to().ifPresent(at -> conditions.and("r.started_at < ?", Times.micros(at)));
        query.after()
                .ifPresent(last ->
                        conditions.and(
                                "(r.started_at, r.seq) < (?, ?)",
                                Times.micros(last.startedAt()),
                                last.sequence()));
        return conditions;
    }

    private void statuses(SqlFilter conditions) {
        if (query.statuses().isEmpty()) {
            return;
        }
        List<String> alternatives = new ArrayList<>();
        List<Object> bounds = new ArrayList<>();
        for (RequestQuery.StatusRange range : query.statuses()) {
            alternatives.add("r.status BETWEEN ? AND ?");
            bounds.add(range.first());
            bounds.add(range.last());
        }
        conditions.and("(" + String.join(" OR ", alternatives) + ")", bounds);
    }

    private static long hour(java.time.Instant at) {
        return Times.hour(Times.micros(at));
    }

    private static RequestRecord decode(byte[] encoded) {
        try {
            return RecordCodec.decode(encoded);
        } catch (UnreadableRecordException e) {
            throw new IllegalStateException("store: " + e.getMessage(), e);
        }
    }
}
