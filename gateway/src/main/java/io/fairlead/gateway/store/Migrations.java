package io.fairlead.gateway.store;

import io.fairlead.gateway.ledger.StoreUnavailableException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Brings a database to the present schema: SQL files in order, each in a transaction, their numbers
 * noted in {@code schema_version}. Immutable.
 */
final class Migrations {
    /** Released files are never changed; a change of the schema is a new file at the end. */
    static final Migrations ALL = new Migrations(List.of("0001-requests.sql"));

    private final List<String> files;

    Migrations(List<String> files) {
        this.files = List.copyOf(files);
    }

    /**
     * Applies what is missing.
     *
     * @throws StoreUnavailableException when the database was made by a newer program
     */
    void apply(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Taken at once, so that two processes don't migrate at the same time.
            statement.execute("BEGIN IMMEDIATE");
            try {
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY,"
                                + " file TEXT NOT NULL, applied_at TEXT NOT NULL DEFAULT"
                                + " CURRENT_TIMESTAMP) STRICT");
                int version = version(statement);
                if (version > files.size()) {
                    throw new StoreUnavailableException(
                            "store: its schema has version "
                                    + version
                                    + ", made by a newer Fairlead (expected: at most "
                                    + files.size()
                                    + ")");
                }
                for (int next = version; next < files.size(); next++) {
                    run(statement, files.get(next));
                    note(connection, next + 1, files.get(next));
                }
                statement.execute("COMMIT");
            } catch (SQLException | RuntimeException e) {
                statement.execute("ROLLBACK");
                throw e;
            }
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet found =
                statement.executeQuery("SELECT coalesce(max(version), 0) FROM schema_version")) {
            found.next();
            return found.getInt(1);
        }
    }

    private static void run(Statement statement, String file) throws SQLException {
        // A script holds no semicolon at the end of a line but those that end a statement.
        for (String sql : read(file).split(";\\s*\\R", -1)) {
            if (!sql.isBlank()) {
                statement.execute(sql);
            }
        }
    }

    private static void note(Connection connection, int version, String file) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO schema_version (version, file) VALUES (?, ?)")) {
            insert.setInt(1, version);
            insert.setString(2, file);
            insert.executeUpdate();
        }
    }

    private static String read(String file) {
        try (InputStream in = Migrations.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("migration: " + file + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
