package io.fairlead.protocol.model;

import java.util.Optional;

/**
 * A breakpoint of the provider's prompt cache ({@code cache_control}, {@code cachePoint}).
 * Immutable.
 *
 * @param lifetime in the provider's words: {@code 5m}, {@code 1h}; empty: its default
 */
public record CacheMark(Optional<String> lifetime, Beside beside) {
    public static final CacheMark DEFAULT = new CacheMark(Optional.empty(), Beside.NONE);
}
