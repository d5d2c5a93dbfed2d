package io.fairlead.gateway.store;

import io.fairlead.gateway.ledger.RequestFilter;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Conditions of a query and the values that go into them; values never become part of the SQL.
 * Confined to one thread.
 */
final class SqlFilter {
    private final StringBuilder sql = new StringBuilder("1 = 1");
    private final List<Object> values = new ArrayList<>();

    /** Conditions on the table {@code dimension d}. */
    static SqlFilter onDimension(RequestFilter filter) {
        SqlFilter conditions = new SqlFilter();
        conditions.anyOf(filter.keys(), "d.key_id", "d.key_name");
        conditions.anyOf(filter.teams(), "d.team");
        conditions.anyOf(filter.users(), "d.user");
        conditions.anyOf(filter.models(), "d.model", "d.deployment");
        conditions.anyOf(filter.providers(), "d.provider");
        if (!filter.tags().isEmpty()) {
            conditions.and(
                    "EXISTS (SELECT 1 FROM json_each(d.tags) WHERE value IN "
                            + marks(filter.tags())
                            + ")",
                    filter.tags());
        }
        return conditions;
    }

    boolean any() {
        return !values.isEmpty();
    }

    /** One of the columns has one of the values; no values: no condition. */
    void anyOf(List<?> wanted, String... columns) {
        if (wanted.isEmpty()) {
            return;
        }
        List<String> alternatives = new ArrayList<>();
        List<Object> all = new ArrayList<>();
        for (String column : columns) {
            alternatives.add(column + " IN " + marks(wanted));
            all.addAll(wanted);
        }
        and("(" + String.join(" OR ", alternatives) + ")", all);
    }

    void and(String condition, List<?> with) {
        sql.append(" AND ").append(condition);
        values.addAll(with);
    }

    void and(String condition, Object... with) {
        and(condition, List.of(with));
    }

    void and(SqlFilter other) {
        and(other.sql.toString(), other.values);
    }

    String sql() {
        return sql.toString();
    }

    /** Puts the values in, and returns the index of the parameter behind them. */
    int bind(PreparedStatement statement, int first) throws SQLException {
        int index = first;
        for (Object value : values) {
            statement.setObject(index++, value);
        }
        return index;
    }

    private static String marks(List<?> wanted) {
        return "(" + String.join(", ", Collections.nCopies(wanted.size(), "?")) + ")";
    }
}
