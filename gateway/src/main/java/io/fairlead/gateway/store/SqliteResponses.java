package io.fairlead.gateway.store;

import io.fairlead.gateway.responses.ArchivedResponse;
import io.fairlead.gateway.responses.ResponseStore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Kept responses in a SQLite file of their own: however large or broken it is, the ledger goes on.
 * Confined to one thread.
 */
final class SqliteResponses implements ResponseStore {
    static final Migrations SCHEMA = new Migrations(List.of("responses-0001.sql"));

    private static final String PUT =
            "INSERT OR REPLACE INTO response (id, owner, created_at, bytes, body)"
                    + " VALUES (?, ?, ?, ?, ?)";

    private static final String EXPIRE =
            "DELETE FROM response WHERE seq IN (SELECT seq FROM response WHERE created_at < ? ORDER"
                    + " BY created_at LIMIT ?)";

    private static final String SHRINK =
            "DELETE FROM response WHERE seq IN (SELECT seq FROM response ORDER BY seq LIMIT ?)";

    /** How many are removed before it is seen whether that was enough. */
    private static final int FEW = 20;

    private final Connection connection;

    private SqliteResponses(Connection connection) {
        this.connection = connection;
    }

    static SqliteResponses open(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Connection connection = Connections.write(file);
            try {
                SCHEMA.apply(connection);
                return new SqliteResponses(connection);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (IOException e) {
            throw Connections.unusable(file, e);
        } catch (SQLException e) {
            throw SqliteFaults.translate(e);
        }
    }

    @Override
    public void put(ArchivedResponse response) {
        try (PreparedStatement put = connection.prepareStatement(PUT)) {
            put.setString(1, response.id());
            put.setString(2, response.owner());
            put.setLong(3, Times.micros(response.createdAt()));
            put.setLong(4, response.body().length);
            put.setBytes(5, response.body());
            put.executeUpdate();
        } catch (SQLException e) {
            throw SqliteFaults.translate(e);
        }
    }

    @Override
    public Optional<byte[]> find(String id, String owner, Instant oldest) {
        try (PreparedStatement find =
                connection.prepareStatement(
                        "SELECT body FROM response WHERE id = ? AND owner = ? AND created_at >="
                                + " ?")) {
            find.setString(1, id);
            find.setString(2, owner);
            find.setLong(3, Times.micros(oldest));
            try (ResultSet found = find.executeQuery()) {
                return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw SqliteFaults.translate(e);
        }
    }

    @Override
    public boolean delete(String id, String owner) {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM response WHERE id = ? AND owner = ?")) {
            delete.setString(1, id);
            delete.setString(2, owner);
            return delete.executeUpdate() > 0;
        } catch (SQLException e) {
            throw SqliteFaults.translate(e);
        }
    }

    @Override
    public int expire(Instant before, long bytes, int limit) {
        try {
            int removed;
            try (PreparedStatement expire = connection.prepareStatement(EXPIRE)) {
                expire.setLong(1, Times.micros(before));
                expire.setInt(2, limit);
                removed = expire.executeUpdate();
            }
            while (removed < limit && bytes() > bytes) {
                removed += shrink(Math.min(FEW, limit - removed));
            }
            if (removed > 0) {
                giveRoomBack();
            }
            return removed;
        } catch (SQLException e) {
            throw SqliteFaults.translate(e);
        }
    }

    private int shrink(int limit) throws SQLException {
        try (PreparedStatement shrink = connection.prepareStatement(SHRINK)) {
            shrink.setInt(1, limit);
            return shrink.executeUpdate();
        }
    }

    private long bytes() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet sum =
                        statement.executeQuery("SELECT coalesce(sum(bytes), 0) FROM response")) {
            sum.next();
            return sum.getLong(1);
        }
    }

    private void giveRoomBack() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA incremental_vacuum(1000)");
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw SqliteFaults.translate(e);
        }
    }
}
