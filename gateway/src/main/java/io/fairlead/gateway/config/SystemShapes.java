package io.fairlead.gateway.config;

import io.fairlead.kernel.Secret;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the file may say about store, cluster, streams, media, connections and logs. Immutable. */
final class SystemShapes {
    private static final Key<Optional<Duration>> AGE =
            Key.optional(
                    "age", Kinds.POSITIVE_DURATION, "How long records stay. Default: for ever.");
    private static final Key<Optional<DataSize>> SIZE =
            Key.optional(
                    "size",
                    Kinds.SIZE,
                    "Size of the store; the oldest records go. Default: no" + " bound.");

    private static final Shape<StorageConfig.Retention> RETENTION =
            Shape.of(
                    "retention",
                    "How long records stay.",
                    f -> new StorageConfig.Retention(f.get(AGE), f.get(SIZE)),
                    List.of(AGE, SIZE));

    private static final Key<Duration> RESPONSE_AGE =
            Key.of(
                    "age",
                    Kinds.POSITIVE_DURATION,
                    StorageConfig.DEFAULT.responses().age(),
                    "How long a response stays.");
    private static final Key<DataSize> RESPONSE_SIZE =
            Key.of(
                    "size",
                    Kinds.SIZE,
                    StorageConfig.DEFAULT.responses().size(),
                    "Size of all together; the oldest go.");

    private static final Shape<StorageConfig.Responses> RESPONSES =
            Shape.of(
                    "responses",
                    "Responses that the gateway keeps.",
                    f -> new StorageConfig.Responses(f.get(RESPONSE_AGE), f.get(RESPONSE_SIZE)),
                    List.of(RESPONSE_AGE, RESPONSE_SIZE));

    private static final Key<StorageConfig.Responses> RESPONSES_KEY =
            Key.orElse(
                    "responses",
                    RESPONSES,
                    StorageConfig.DEFAULT.responses(),
                    "Responses that the gateway keeps for clients of /v1/responses, where the"
                            + " provider can't.");
    private static final Key<StorageConfig.Url> URL =
            Key.of(
                    "url",
                    StorageUrlKind.INSTANCE,
                    StorageConfig.DEFAULT.url(),
                    "The store: sqlite:FILE, relative to the data directory.");
    private static final Key<StorageConfig.Retention> RETENTION_KEY =
            Key.orElse(
                    "retention",
                    RETENTION,
                    StorageConfig.DEFAULT.retention(),
                    "How long records stay. Default: for ever.");
    private static final Key<Boolean> BODIES =
            Key.of(
                    "bodies",
                    Kinds.BOOLEAN,
                    StorageConfig.DEFAULT.bodies(),
                    "Whether the bodies of requests and answers are stored.");

    static final Shape<StorageConfig> STORAGE =
            Shape.of(
                    "storage",
                    "Where records are kept.",
                    f ->
                            new StorageConfig(
                                    f.get(URL),
                                    f.get(RETENTION_KEY),
                                    f.get(BODIES),
                                    f.get(RESPONSES_KEY)),
                    List.of(URL, RETENTION_KEY, BODIES, RESPONSES_KEY));

    private static final Key<Secret> REDIS =
            Key.required(
                    "redis",
                    SecretKind.CREDENTIAL,
                    "redis://host:6379 or rediss://… . Accepted; nodes do not share anything yet in"
                            + " this version.");

    static final Shape<ClusterConfig> CLUSTER =
            Shape.of(
                            "cluster",
                            "What several nodes share.",
                            f -> new ClusterConfig(f.get(REDIS)),
                            List.of(REDIS))
                    .checkedBy((node, _, path, in) ->
                            in.warning(
                                    node.at(),
                                    path,
                                    "a Redis server",
                                    "a single node: nothing is shared yet in this" + " version"));

    private static final Key<Duration> HOLD =
            Key.of(
                    "hold",
                    Kinds.DURATION,
                    StreamConfig.DEFAULT.hold(),
                    "Longest wait of a stream's status for the first output token; then 200 goes"
                            + " out with comments as keep-alive.");

    static final Shape<StreamConfig> STREAM =
            Shape.of(
                    "stream",
                    "How streams start.",
                    f -> new StreamConfig(f.get(HOLD)),
                    List.of(HOLD));

    private static final Key<MediaConfig.Fetch> FETCH =
            Key.orElse(
                    "fetch",
                    new FormKind<>(
                            Kinds.choice(
                                    "public or off",
                                    InOrder.of(
                                            "public", new MediaConfig.Fetch.Public(),
                                            "off", new MediaConfig.Fetch.Off())),
                            new ListKind<>(Kinds.NAME).as(MediaConfig.Fetch.Hosts::new)),
                    MediaConfig.DEFAULT.fetch(),
                    "From where: public (internet addresses only, the default), off, or a list of"
                            + " allowed hosts.");
    private static final Key<DataSize> MAX_SIZE =
            Key.of("max_size", Kinds.SIZE, MediaConfig.DEFAULT.maxSize(), "Largest file.");
    private static final Key<Duration> TIMEOUT =
            Key.of(
                    "timeout",
                    Kinds.POSITIVE_DURATION,
                    MediaConfig.DEFAULT.timeout(),
                    "Longest time for one file.");

    static final Shape<MediaConfig> MEDIA =
            Shape.of(
                    "media",
                    "Fetching of media that a request names by URL, for providers that take no"
                            + " URLs.",
                    f -> new MediaConfig(f.get(FETCH), f.get(MAX_SIZE), f.get(TIMEOUT)),
                    List.of(FETCH, MAX_SIZE, TIMEOUT));

    private static final UpstreamConfig U = UpstreamConfig.DEFAULT;
    private static final Key<Integer> MAX_CONNECTIONS =
            Key.of(
                    "max_connections",
                    Kinds.integer(1, 1_000_000),
                    U.maxConnections(),
                    "Open connections to one provider.");
    private static final Key<Integer> MAX_WAITING =
            Key.of(
                    "max_waiting",
                    Kinds.integer(0, 1_000_000),
                    U.maxWaiting(),
                    "Requests that may wait for a connection to one provider.");
    private static final Key<Duration> KEEP_ALIVE =
            Key.of(
                    "keep_alive",
                    Kinds.POSITIVE_DURATION,
                    U.keepAlive(),
                    "How long an unused connection stays open.");
    private static final Key<DataSize> MAX_ANSWER =
            Key.of("max_answer", Kinds.SIZE, U.maxAnswer(), "Largest answer that is not streamed.");
    private static final Key<Optional<Path>> CA =
            Key.optional(
                    "ca",
                    new FileKind(),
                    "Certificate authorities of providers, clouds' token servers and sites of"
                        + " media, PEM, trusted besides those of this machine. Read at the start.");

    static final Shape<UpstreamConfig> UPSTREAM =
            Shape.of(
                    "upstream",
                    "Connections to providers.",
                    f ->
                            new UpstreamConfig(
                                    f.get(MAX_CONNECTIONS),
                                    f.get(MAX_WAITING),
                                    f.get(KEEP_ALIVE),
                                    f.get(MAX_ANSWER),
                                    f.get(CA)),
                    List.of(MAX_CONNECTIONS, MAX_WAITING, KEEP_ALIVE, MAX_ANSWER, CA));

    private static final Key<LogConfig.Level> LEVEL =
            Key.of(
                    "level",
                    Kinds.choice(
                            "level",
                            InOrder.of(
                                    "error", LogConfig.Level.ERROR,
                                    "warn", LogConfig.Level.WARN,
                                    "info", LogConfig.Level.INFO,
                                    "debug", LogConfig.Level.DEBUG)),
                    LogConfig.DEFAULT.level(),
                    "Least severe level.");
    private static final Key<LogConfig.Format> FORMAT =
            Key.of(
                    "format",
                    Kinds.choice(
                            "format",
                            InOrder.of(
                                    "text", LogConfig.Format.TEXT, "json", LogConfig.Format.JSON)),
                    LogConfig.DEFAULT.format(),
                    "Form of a line.");
    private static final Key<Duration> SLOW =
            Key.of(
                    "slow",
                    Kinds.DURATION,
                    LogConfig.DEFAULT.slow(),
                    "Requests that take longer are logged with their timeline.");

    static final Shape<LogConfig> LOG =
            Shape.of(
                    "log",
                    "What is logged.",
                    f -> new LogConfig(f.get(LEVEL), f.get(FORMAT), f.get(SLOW)),
                    List.of(LEVEL, FORMAT, SLOW));

    private SystemShapes() {}
}
