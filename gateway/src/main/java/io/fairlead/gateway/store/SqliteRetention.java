package io.fairlead.gateway.store;

import io.fairlead.gateway.ledger.Retention;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** Removes old requests and gives their room back. Confined to one thread. */
final class SqliteRetention {
    private static final String DELETE =
            """
            DELETE FROM request WHERE seq IN
                (SELECT seq FROM request WHERE started_at < ? ORDER BY started_at LIMIT ?)
            RETURNING started_at
            """;

    private static final String NOTE =
            "UPDATE retention SET removed_before = max(removed_before, ?)";

    private final Connection connection;

    SqliteRetention(Connection connection) {
        this.connection = connection;
    }

    int expire(Retention retention, Instant now, int limit) throws SQLException {
        // What is younger may be in the journal still, and would come back (and count) again.
        Instant youngest = now.minus(Retention.LEAST);
        int removed = 0;
        if (retention.age().isPresent()) {
            Instant before = now.minus(retention.age().get());
            removed = delete(before.isBefore(youngest) ? before : youngest, limit);
        }
        if (removed < limit
                && retention.bytes().isPresent()
                && usedBytes() > retention.bytes().get()) {
            removed += delete(youngest, limit - removed);
        }
        if (removed > 0) {
            giveRoomBack();
        }
        return removed;
    }

    private void giveRoomBack() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Not execute(): that ends after the first of its steps, which is one page.
            statement.executeUpdate("PRAGMA incremental_vacuum(1000)");
        }
    }

    private int delete(Instant before, int limit) throws SQLException {
        int removed = 0;
        connection.setAutoCommit(false);
        try (PreparedStatement delete = connection.prepareStatement(DELETE);
                PreparedStatement note = connection.prepareStatement(NOTE)) {
            delete.setLong(1, Times.micros(before));
            delete.setInt(2, limit);
            long youngest = 0;
            try (ResultSet rows = delete.executeQuery()) {
                while (rows.next()) {
                    youngest = Math.max(youngest, rows.getLong(1));
                    removed++;
                }
            }
            note.setLong(1, youngest + 1);
            note.executeUpdate();
            connection.commit();
            return removed;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private long usedBytes() throws SQLException {
        return (number("page_count") - number("freelist_count")) * number("page_size");
    }

    private long number(String pragma) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("PRAGMA " + pragma)) {
            found.next();
            return found.getLong(1);
        }
    }
}
