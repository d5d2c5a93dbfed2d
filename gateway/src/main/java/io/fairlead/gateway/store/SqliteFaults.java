package io.fairlead.gateway.store;

import io.fairlead.gateway.ledger.StoreUnavailableException;

import java.sql.SQLException;

/** What an error of SQLite means: come back later, or a defect. Thread-safe. */
final class SqliteFaults {
    private SqliteFaults() {}

    /**
     * {@link StoreUnavailableException} when the same may work later, {@link IllegalStateException}
     * when it won't.
     */
    static RuntimeException translate(SQLException e) {
        // Primary result codes, https://www.sqlite.org/rescode.html
        return switch (e.getErrorCode() & 0xFF) {
            case 5, 6 -> unavailable("locked by another process", e);
            case 8 -> unavailable("read-only", e);
            case 13 -> unavailable("disk full", e);
            case 3, 10, 14, 23 -> unavailable("file not usable", e);
            case 7 -> unavailable("out of memory", e);
            case 11, 26 -> unavailable("file is damaged or no database", e);
            default -> new IllegalStateException("store: " + e.getMessage(), e);
        };
    }

    private static StoreUnavailableException unavailable(String what, SQLException e) {
        return new StoreUnavailableException("store: " + what + ": " + e.getMessage(), e);
    }
}
