package io.fairlead.gateway.config;

import java.util.Map;
import java.util.Optional;

/**
 * The address of a store. A PostgreSQL address may hold a password, so it is not shown. Immutable.
 */
record StorageUrlKind() implements Kind<StorageConfig.Url> {
    static final StorageUrlKind INSTANCE = new StorageUrlKind();

    private static final String SQLITE = "sqlite:";

    @Override
    public Optional<StorageConfig.Url> read(Node node, String path, Reading in) {
        Optional<String> text = Kinds.TEXT.read(node, path, in);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String url = text.get();
        if (url.startsWith("postgresql://") || url.startsWith("postgres://")) {
            in.problem(
                    node.at(),
                    path,
                    "a PostgreSQL server",
                    "sqlite:FILE (PostgreSQL is not available in this version)");
            return Optional.empty();
        }
        if (!url.startsWith(SQLITE) || url.length() == SQLITE.length()) {
            in.problem(node.at(), path, "text of " + url.length() + " characters", expected());
            return Optional.empty();
        }
        return Optional.of(new StorageConfig.Url.Sqlite(url.substring(SQLITE.length())));
    }

    @Override
    public String expected() {
        return "sqlite:FILE";
    }

    @Override
    public String label() {
        return "sqlite:FILE";
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return definitions.orSubstitution(Map.of("type", "string", "pattern", "^sqlite:.+"));
    }

    @Override
    public Object show(StorageConfig.Url value) {
        // not a switch over the types: the JVM makes classes for the first of those at each start
        return value instanceof StorageConfig.Url.Sqlite sqlite
                ? SQLITE + sqlite.file()
                : "postgresql://…";
    }
}
