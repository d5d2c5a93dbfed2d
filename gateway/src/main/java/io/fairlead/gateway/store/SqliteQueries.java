package io.fairlead.gateway.store;

import io.fairlead.gateway.ledger.RequestPage;
import io.fairlead.gateway.ledger.RequestQuery;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.StoreUnavailableException;
import io.fairlead.gateway.ledger.UsageQuery;
import io.fairlead.gateway.ledger.UsageReport;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Runs queries, a few at a time, each on a connection of its own. Thread-safe. */
final class SqliteQueries {
    private static final int AT_A_TIME = 4;

    private final Path file;
    private final Semaphore places = new Semaphore(AT_A_TIME);

    SqliteQueries(Path file) {
        this.file = file;
    }

    RequestPage requests(RequestQuery query) {
        return run(connection -> new RequestSearch(connection, query).page());
    }

    Optional<RequestRecord> request(String id) {
        return run(connection -> RequestSearch.byId(connection, id));
    }

    UsageReport usage(UsageQuery query) {
        return run(connection -> new UsageSums(connection, query).report());
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private <T> T run(Question<T> question) {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("store: interrupted", e);
        }
        try (Connection connection = Connections.read(file)) {
            // One state of the database for all statements of a question.
            connection.setAutoCommit(false);
            return question.ask(connection);
        } catch (SQLException e) {
            throw SqliteFaults.translate(e);
        } finally {
            places.release();
        }
    }
}
