package io.fairlead.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.gateway.ledger.StoreUnavailableException;
import io.fairlead.gateway.responses.ArchivedResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

class SqliteResponsesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir Path folder;

    private SqliteResponses open() {
        return SqliteResponses.open(folder.resolve("sub/responses.db"));
    }

    private static ArchivedResponse response(String id, Instant at, int bytes) {
        return new ArchivedResponse(id, "key", at, new byte[bytes]);
    }

    @Test
    void keepsOverRestartsForItsOwnerOnly() {
        try (SqliteResponses store = open()) {
            store.put(new ArchivedResponse("a", "key", NOW, new byte[] {1, 2}));
            store.put(new ArchivedResponse("b", "", NOW, new byte[] {3}));
        }
        try (SqliteResponses store = open()) {
            assertThat(store.find("a", "key", NOW))
                    .hasValueSatisfying(body -> assertThat(body).containsExactly(1, 2));
            assertThat(store.find("b", "", NOW)).isPresent();
            assertThat(store.find("a", "", NOW)).isEmpty();
            assertThat(store.find("a", "other", NOW)).isEmpty();
            assertThat(store.find("a", "key", NOW.plusSeconds(1))).isEmpty();
            assertThat(store.delete("a", "other")).isFalse();
            assertThat(store.delete("a", "key")).isTrue();
            assertThat(store.delete("a", "key")).isFalse();
            assertThat(store.find("a", "key", NOW)).isEmpty();
        }
    }

    @Test
    void theOldestGoByAgeAndBySize() {
        try (SqliteResponses store = open()) {
            for (int i = 0; i < 100; i++) {
                store.put(response("r" + i, NOW.plusSeconds(i), 1_000));
            }
            assertThat(store.expire(NOW.plusSeconds(10), 1 << 20, 200)).isEqualTo(10);
            assertThat(store.find("r9", "key", NOW)).isEmpty();
            assertThat(store.find("r10", "key", NOW)).isPresent();

            int removed = store.expire(NOW.minus(Duration.ofDays(1)), 50_000, 200);
            assertThat(removed).isBetween(40, 60);
            assertThat(store.find("r99", "key", NOW)).isPresent();
            assertThat(store.find("r49", "key", NOW)).isEmpty();
            assertThat(store.expire(NOW.plusSeconds(1_000), 0, 7)).isEqualTo(7);
        }
    }

    @Test
    void aNewerSchemaIsRefused() throws Exception {
        open().close();
        try (Connection connection = Connections.write(folder.resolve("sub/responses.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO schema_version (version, file) VALUES (9, 'x')");
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("newer");
    }
}
