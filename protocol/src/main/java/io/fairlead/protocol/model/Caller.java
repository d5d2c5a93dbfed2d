package io.fairlead.protocol.model;

import io.fairlead.protocol.json.Json;

import java.util.Optional;

/**
 * Who asks, as the client says it. Immutable.
 *
 * @param user the application's own user
 * @param metadata an object of strings, the client's own
 * @param cacheKey which requests share a prompt cache
 */
public record Caller(Optional<String> user, Optional<Json> metadata, Optional<String> cacheKey) {
    public static final Caller UNKNOWN =
            new Caller(Optional.empty(), Optional.empty(), Optional.empty());

    public Caller withoutUser() {
        return new Caller(Optional.empty(), metadata, cacheKey);
    }

    public Caller withoutMetadata() {
        return new Caller(user, Optional.empty(), cacheKey);
    }

    public Caller withoutCacheKey() {
        return new Caller(user, metadata, Optional.empty());
    }
}
