package io.fairlead.gateway.store;

import io.fairlead.gateway.ledger.RequestFilter;
import io.fairlead.gateway.ledger.UsageQuery;
import io.fairlead.gateway.ledger.UsageQuery.Grouping;
import io.fairlead.gateway.ledger.UsageReport;
import io.fairlead.gateway.ledger.UsageReport.Group;
import io.fairlead.gateway.ledger.UsageReport.UsageTotals;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Adds up usage: whole hours from the hourly sums, the parts of hours at both ends from single
 * requests while those are kept, else those ends are rounded down to the hour. Confined to one
 * thread.
 */
final class UsageSums {
    private static final String SUMS =
            """
            sum(requests), sum(errors), sum(cancelled), sum(unpriced), sum(input_tokens),
            sum(cached_input_tokens), sum(cache_write_tokens), sum(output_tokens),
            sum(reasoning_tokens), sum(spend_usd), sum(spend_nano), sum(spend_atto),
            sum(spend_ronto)
            """;

    private static final String PART_OF_AN_HOUR =
            """
            SELECT started_at / 3600000000 AS hour, dimension, 1 AS requests,
                outcome = 'failed' AS errors, outcome = 'cancelled' AS cancelled,
                spend_usd IS NULL AS unpriced, input_tokens, cached_input_tokens,
                cache_write_tokens, output_tokens, reasoning_tokens, spend_usd, spend_nano,
                spend_atto, spend_ronto
            FROM request WHERE
            """;

    private final Connection connection;
    private final UsageQuery query;
    private final SqlFilter conditions;
    private final String source;

    UsageSums(Connection connection, UsageQuery query) throws SQLException {
        this.connection = connection;
        this.query = query;
        this.conditions = SqlFilter.onDimension(query.filter());
        this.source =
                "FROM (" + parts(query.filter()) + ") u JOIN dimension d ON d.id = u.dimension ";
    }

    UsageReport report() throws SQLException {
        List<Group> groups = query.groups().isEmpty() ? List.of() : groups();
        boolean truncated = groups.size() > query.limit();
        return new UsageReport(
                totals(), truncated ? groups.subList(0, query.limit()) : groups, truncated);
    }

    private UsageTotals totals() throws SQLException {
        String sql = "SELECT " + SUMS + source + "WHERE " + conditions.sql();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            conditions.bind(select, 1);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return totals(row, 1);
            }
        }
    }

    private List<Group> groups() throws SQLException {
        int labels = query.groups().size();
        String columns =
                query.groups().stream().map(UsageSums::column).collect(Collectors.joining(", "));
        String sql =
                "SELECT "
                        + columns
                        + ", "
                        + SUMS
                        + source
                        + (query.groups().contains(Grouping.TAG)
                                ? "LEFT JOIN json_each(d.tags) t "
                                : "")
                        + "WHERE "
                        + conditions.sql()
                        + " GROUP BY "
                        + columns
                        + " ORDER BY "
                        + order(labels)
                        + " LIMIT ?";
        List<Group> groups = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int next = conditions.bind(select, 1);
            select.setInt(next, query.limit() + 1);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    groups.add(group(rows, labels));
                }
            }
        }
        return groups;
    }

    private String order(int labels) {
        boolean overTime =
                query.groups().stream()
                        .anyMatch(group ->
                                switch (group) {
                                    case HOUR, DAY, MONTH -> true;
                                    case KEY, TEAM, USER, MODEL, REQUESTED_MODEL, PROVIDER, TAG ->
                                            false;
                                });
        StringBuilder order = new StringBuilder();
        if (!overTime) {
            // The first of these sums are whole dollars: good enough to sort by, with the next.
            order.append(
                    "sum(spend_usd) + sum(spend_nano) / 1000000000 DESC,"
                            + " sum(spend_nano) % 1000000000 DESC, sum(requests) DESC, ");
        }
        for (int i = 1; i <= labels; i++) {
            order.append(i == 1 ? "" : ", ").append(i);
        }
        return order.toString();
    }

    private static String column(Grouping group) {
        return switch (group) {
            case KEY -> "iif(d.key_name = '', d.key_id, d.key_name)";
            case TEAM -> "d.team";
            case USER -> "d.user";
            case MODEL -> "iif(d.deployment = '', d.model, d.deployment)";
            case REQUESTED_MODEL -> "d.model";
            case PROVIDER -> "d.provider";
            case TAG -> "t.value";
            case HOUR -> "strftime('%Y-%m-%dT%H:00:00Z', u.hour * 3600, 'unixepoch')";
            case DAY -> "strftime('%Y-%m-%d', u.hour * 3600, 'unixepoch')";
            case MONTH -> "strftime('%Y-%m', u.hour * 3600, 'unixepoch')";
        };
    }

    private static Group group(ResultSet row, int labels) throws SQLException {
        List<Optional<String>> values = new ArrayList<>();
        for (int i = 1; i <= labels; i++) {
            String value = row.getString(i);
            values.add(value == null || value.isEmpty() ? Optional.empty() : Optional.of(value));
        }
        return new Group(values, totals(row, labels + 1));
    }

    private static UsageTotals totals(ResultSet row, int first) throws SQLException {
        return new UsageTotals(
                row.getLong(first),
                row.getLong(first + 1),
                row.getLong(first + 2),
                row.getLong(first + 3),
                row.getLong(first + 4),
                row.getLong(first + 5),
                row.getLong(first + 6),
                row.getLong(first + 7),
                row.getLong(first + 8),
                new SpendParts(
                                row.getLong(first + 9),
                                row.getLong(first + 10),
                                row.getLong(first + 11),
                                row.getLong(first + 12))
                        .money());
    }

    private String parts(RequestFilter filter) throws SQLException {
        long removedBefore = removedBefore();
        Bound from = bound(filter.from(), removedBefore, Long.MIN_VALUE);
        Bound to = bound(filter.to(), removedBefore, Long.MAX_VALUE);
        if (from.part() && to.part() && from.hour() == to.hour()) {
            return partOfAnHour(from.micros(), to.micros());
        }
        List<String> parts = new ArrayList<>();
        long firstWhole = from.part() ? from.hour() + 1 : from.hour();
        parts.add(wholeHours(firstWhole, to.hour()));
        if (from.part()) {
            parts.add(partOfAnHour(from.micros(), firstWhole * Times.HOUR_MICROS));
        }
        if (to.part()) {
            parts.add(partOfAnHour(to.hour() * Times.HOUR_MICROS, to.micros()));
        }
        return String.join(" UNION ALL ", parts);
    }

    private static String wholeHours(long from, long to) {
        return "SELECT * FROM usage_hour WHERE hour >= " + from + " AND hour < " + to;
    }

    private static String partOfAnHour(long fromMicros, long toMicros) {
        return PART_OF_AN_HOUR + "started_at >= " + fromMicros + " AND started_at < " + toMicros;
    }

    /** One end of the time asked for, and whether it lies within an hour. */
    private record Bound(long micros, long hour, boolean part) {}

    private static Bound bound(Optional<Instant> at, long removedBefore, long otherwise) {
        if (at.isEmpty()) {
            return new Bound(otherwise, otherwise, false);
        }
        long micros = Times.micros(at.get());
        long hour = Times.hour(micros);
        boolean whole = hour * Times.HOUR_MICROS == micros;
        // Where single requests have been removed, only whole hours are known.
        return new Bound(micros, hour, !whole && hour * Times.HOUR_MICROS >= removedBefore);
    }

    /** From where on every single request is there. */
    private long removedBefore() throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT removed_before FROM retention");
                ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : Long.MIN_VALUE;
        }
    }
}
