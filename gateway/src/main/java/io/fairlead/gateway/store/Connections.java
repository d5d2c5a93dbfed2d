package io.fairlead.gateway.store;

import io.fairlead.gateway.ledger.StoreUnavailableException;

import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Opens SQLite files with the settings each kind of use needs. Thread-safe. */
final class Connections {
    private static final int BUSY_MILLIS = 1000;

    private Connections() {}

    /** The one connection that writes. */
    static Connection write(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        // One thread uses it at a time, so that SQLite need not take a lock for each value bound.
        config.setOpenMode(SQLiteOpenMode.NOMUTEX);
        return open(
                config,
                file,
                // Has to come before the first table.
                "PRAGMA auto_vacuum = INCREMENTAL",
                "PRAGMA journal_mode = WAL",
                // The journal makes up for commits that a loss of power takes back: makeDurable.
                "PRAGMA synchronous = NORMAL",
                "PRAGMA journal_size_limit = 67108864",
                "PRAGMA cache_size = -8000");
    }

    /** A connection for one query. */
    static Connection read(Path file) throws SQLException {
        return open(
                new SQLiteConfig(), file, "PRAGMA query_only = ON", "PRAGMA cache_size = -4000");
    }

    static StoreUnavailableException unusable(Path file, IOException e) {
        return new StoreUnavailableException("store: " + file + ": " + e, e);
    }

    private static Connection open(SQLiteConfig config, Path file, String... settings)
            throws SQLException {
        config.setBusyTimeout(BUSY_MILLIS);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            for (String setting : settings) {
                statement.execute(setting);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
