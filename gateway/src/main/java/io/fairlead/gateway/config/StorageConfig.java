package io.fairlead.gateway.config;

import io.fairlead.kernel.Secret;

import java.time.Duration;
import java.util.Optional;

/**
 * Where records are kept, and for how long. Immutable.
 *
 * @param url the store
 * @param retention how long records stay
 * @param bodies whether the bodies of requests and answers are stored
 * @param responses how long responses are kept that clients may ask for again
 */
public record StorageConfig(Url url, Retention retention, boolean bodies, Responses responses) {

    /** Which store. */
    public sealed interface Url {
        /**
         * The embedded store.
         *
         * @param file its file; a relative one lies in the data directory
         */
        record Sqlite(String file) implements Url {}

        /**
         * A PostgreSQL server.
         *
         * @param url {@code postgresql://user:password@host/database}
         */
        record Postgresql(Secret url) implements Url {}
    }

    /**
     * How long records stay: the oldest go first as soon as one bound is passed.
     *
     * @param age absent: for ever
     * @param size of the store; absent: without bound
     */
    public record Retention(Optional<Duration> age, Optional<DataSize> size) {}

    /**
     * How long kept responses stay: the oldest go first as soon as one bound is passed.
     *
     * @param age of a response
     * @param size of all together
     */
    public record Responses(Duration age, DataSize size) {}

    public static final StorageConfig DEFAULT =
            new StorageConfig(
                    new Url.Sqlite("fairlead.db"),
                    new Retention(Optional.empty(), Optional.empty()),
                    false,
                    new Responses(Duration.ofDays(30), DataSize.ofGigabytes(1)));
}
