package io.fairlead.gateway.store;

import io.fairlead.gateway.ledger.EncodedRecord;
import io.fairlead.gateway.ledger.RequestPage;
import io.fairlead.gateway.ledger.RequestQuery;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestStore;
import io.fairlead.gateway.ledger.Retention;
import io.fairlead.gateway.ledger.UsageQuery;
import io.fairlead.gateway.ledger.UsageReport;
import io.fairlead.kernel.Usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The ledger's store in one SQLite file, with one connection for writing and one for each query.
 * Writing is confined to one thread, queries may come from any.
 */
final class SqliteStore implements RequestStore {
    private static final String INSERT =
            """
            INSERT INTO request (id, started_at, dimension, status, outcome, input_tokens,
                cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens,
                spend_usd, spend_nano, spend_atto, spend_ronto, record)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """;

    private final Connection connection;
    private final PreparedStatement insert;
    private final Dimensions dimensions;
    private final UsageRollup rollup;
    private final SqliteRetention retention;
    private final SqliteQueries queries;

    private SqliteStore(Path file, Connection connection) throws SQLException {
        this.connection = connection;
        this.insert = connection.prepareStatement(INSERT);
        this.dimensions = new Dimensions(connection);
        this.rollup = new UsageRollup(connection);
        this.retention = new SqliteRetention(connection);
        this.queries = new SqliteQueries(file);
    }

    static SqliteStore open(Path file) {
        return open(file, Migrations.ALL);
    }

    static SqliteStore open(Path file, Migrations migrations) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Connection connection = Connections.write(file);
            try {
                migrations.apply(connection);
                return new SqliteStore(file, connection);
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
    public int store(List<EncodedRecord> batch) {
        try {
            begin();
            try {
                int stored = insert(batch);
                rollup.write();
                execute("COMMIT");
                return stored;
            } catch (SQLException | RuntimeException e) {
                rollBack();
                throw e;
            }
        } catch (SQLException e) {
            throw SqliteFaults.translate(e);
        }
    }

    private int insert(List<EncodedRecord> batch) throws SQLException {
        long[] started = new long[batch.size()];
        long[] numbers = new long[batch.size()];
        for (int i = 0; i < started.length; i++) {
            RequestRecord entry = batch.get(i).entry();
            started[i] = Times.micros(entry.startedAt());
            numbers[i] = dimensions.of(entry);
            bind(entry, started[i], numbers[i], batch.get(i).bytes());
            insert.addBatch();
        }
        int[] changes = insert.executeBatch();
        int stored = 0;
        for (int i = 0; i < changes.length; i++) {
            if (changes[i] > 0) {
                rollup.count(batch.get(i).entry(), started[i], numbers[i]);
                stored++;
            }
        }
        return stored;
    }

    private void bind(RequestRecord entry, long started, long dimension, byte[] encoded)
            throws SQLException {
        Usage usage = entry.usage();
        insert.setString(1, entry.id());
        insert.setLong(2, started);
        insert.setLong(3, dimension);
        insert.setInt(4, entry.status());
        insert.setString(5, entry.outcome().name().toLowerCase(Locale.ROOT));
        insert.setLong(6, UsageRollup.tokens(usage.inputTokens()));
        insert.setLong(7, UsageRollup.tokens(usage.cachedInputTokens()));
        insert.setLong(8, UsageRollup.tokens(usage.cacheWriteTokens()));
        insert.setLong(9, UsageRollup.tokens(usage.outputTokens()));
        insert.setLong(10, UsageRollup.tokens(usage.reasoningTokens()));
        if (entry.spend().isPresent()) {
            SpendParts spend = SpendParts.of(entry.spend().get());
            insert.setLong(11, spend.usd());
            insert.setLong(12, spend.nano());
            insert.setLong(13, spend.atto());
            insert.setLong(14, spend.ronto());
        } else {
            for (int column = 11; column <= 14; column++) {
                insert.setNull(column, Types.INTEGER);
            }
        }
        insert.setBytes(15, encoded);
    }

    @Override
    public void makeDurable() {
        try {
            // With FULL, a commit brings the whole write-ahead log to the disk, older commits too.
            execute("PRAGMA synchronous = FULL");
            try {
                begin();
                execute("UPDATE schema_version SET version = version WHERE version = 1");
                execute("COMMIT");
            } catch (SQLException e) {
                rollBack();
                throw e;
            } finally {
                execute("PRAGMA synchronous = NORMAL");
            }
        } catch (SQLException e) {
            throw SqliteFaults.translate(e);
        }
    }

    @Override
    public int expire(Retention settings, Instant now, int limit) {
        try {
            return retention.expire(settings, now, limit);
        } catch (SQLException e) {
            throw SqliteFaults.translate(e);
        }
    }

    @Override
    public RequestPage requests(RequestQuery query) {
        return queries.requests(query);
    }

    @Override
    public Optional<RequestRecord> request(String id) {
        return queries.request(id);
    }

    @Override
    public UsageReport usage(UsageQuery query) {
        return queries.usage(query);
    }

    @Override
    public void close() {
        try {
            // Also writes the log back into the file and removes it.
            connection.close();
        } catch (SQLException e) {
            throw SqliteFaults.translate(e);
        }
    }

    private void begin() throws SQLException {
        execute("BEGIN IMMEDIATE");
    }

    private void rollBack() {
        dimensions.forget();
        rollup.clear();
        try {
            insert.clearBatch();
            execute("ROLLBACK");
        } catch (SQLException _) {
            // SQLite has rolled back by itself (disk full), or nothing had begun.
            rollup.clear();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
