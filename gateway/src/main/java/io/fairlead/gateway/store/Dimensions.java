package io.fairlead.gateway.store;

import io.fairlead.gateway.ledger.RequestRecord;

import tools.jackson.databind.json.JsonMapper;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The combinations of key, team, user, models, provider and tags that requests have, each with its
 * number. The last few thousand are known without asking the database. Confined to one thread.
 */
final class Dimensions implements AutoCloseable {
    private static final int KNOWN = 4096;
    private static final JsonMapper JSON = new JsonMapper();

    private final PreparedStatement insert;
    private final PreparedStatement find;
    private final Map<Dimension, Long> known =
            new LinkedHashMap<>(256, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Dimension, Long> eldest) {
                    return size() > KNOWN;
                }
            };

    private record Dimension(
            String keyId,
            String keyName,
            String team,
            String user,
            String model,
            String deployment,
            String provider,
            List<String> tags) {}

    Dimensions(Connection connection) throws SQLException {
        String columns = "(key_id, key_name, team, user, model, deployment, provider, tags)";
        insert =
                connection.prepareStatement(
                        "INSERT INTO dimension "
                                + columns
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
        find =
                connection.prepareStatement(
                        "SELECT id FROM dimension WHERE "
                                + columns
                                + " = (?, ?, ?, ?, ?, ?, ?, ?)");
    }

    long of(RequestRecord entry) throws SQLException {
        Dimension dimension =
                new Dimension(
                        entry.keyId().orElse(""),
                        entry.keyName().orElse(""),
                        entry.team().orElse(""),
                        entry.user().orElse(""),
                        entry.modelRequested(),
                        entry.deployment().orElse(""),
                        entry.provider().orElse(""),
                        entry.tags());
        Long number = known.get(dimension);
        if (number == null) {
            number = look(dimension);
            known.put(dimension, number);
        }
        return number;
    }

    /** To be called when a transaction was rolled back: numbers it gave out are void. */
    void forget() {
        known.clear();
    }

    private long look(Dimension dimension) throws SQLException {
        bind(insert, dimension);
        insert.executeUpdate();
        bind(find, dimension);
        try (ResultSet found = find.executeQuery()) {
            found.next();
            return found.getLong(1);
        }
    }

    private static void bind(PreparedStatement statement, Dimension dimension) throws SQLException {
        statement.setString(1, dimension.keyId());
        statement.setString(2, dimension.keyName());
        statement.setString(3, dimension.team());
        statement.setString(4, dimension.user());
        statement.setString(5, dimension.model());
        statement.setString(6, dimension.deployment());
        statement.setString(7, dimension.provider());
        statement.setString(8, JSON.writeValueAsString(dimension.tags()));
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        find.close();
    }
}
