package io.fairlead.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the file may say about the client-facing side. Immutable. */
final class ServerShapes {
    private static final ServerConfig D = ServerConfig.DEFAULT;
    private static final ServerConfig.Limits L = ServerConfig.Limits.DEFAULT;

    private static final Key<Path> CERT =
            Key.required("cert", new FileKind(), "Certificate chain, PEM.");
    private static final Key<Path> KEY = Key.required("key", new FileKind(), "Private key, PEM.");

    private static final Shape<ServerConfig.Tls> TLS =
            Shape.of(
                    "tls",
                    "HTTPS. The files are read again when they change.",
                    f -> new ServerConfig.Tls(f.get(CERT), f.get(KEY)),
                    List.of(CERT, KEY));

    private static final Key<List<String>> ORIGINS =
            Key.list(
                    "origins",
                    Kinds.NAME,
                    "Origins such as https://app.example.com, or *. None: browsers may not call"
                            + " from other pages.");

    private static final Shape<List<String>> CORS =
            Shape.of(
                    "cors",
                    "Which web pages may call the gateway.",
                    f -> f.get(ORIGINS),
                    List.of(ORIGINS));

    private static final Key<Integer> MAX_CONNECTIONS =
            Key.of(
                    "max_connections",
                    Kinds.integer(1, 1_000_000),
                    L.maxConnections(),
                    "Open client connections.");
    private static final Key<Duration> HEADER =
            Key.of(
                    "header",
                    Kinds.POSITIVE_DURATION,
                    L.header(),
                    "Longest time for the first head of a connection, from accepting it on.");
    private static final Key<Duration> IDLE =
            Key.of(
                    "idle",
                    Kinds.POSITIVE_DURATION,
                    L.idle(),
                    "Longest silence of a connection without a request.");
    private static final Key<Duration> BODY =
            Key.of(
                    "body",
                    Kinds.POSITIVE_DURATION,
                    L.body(),
                    "Longest silence while a request body is awaited.");
    private static final Key<DataSize> MAX_BUFFERED =
            Key.of(
                    "max_buffered",
                    Kinds.SIZE,
                    L.maxBuffered(),
                    "Most memory for bodies and held events of all requests at a time.");

    private static final Shape<ServerConfig.Limits> LIMITS =
            Shape.of(
                    "server-limits",
                    "Bounds against slow and greedy clients.",
                    f ->
                            new ServerConfig.Limits(
                                    f.get(MAX_CONNECTIONS),
                                    f.get(HEADER),
                                    f.get(IDLE),
                                    f.get(BODY),
                                    f.get(MAX_BUFFERED)),
                    List.of(MAX_CONNECTIONS, HEADER, IDLE, BODY, MAX_BUFFERED));

    private static final Key<String> HOST =
            Key.of(
                    "host",
                    Kinds.NAME,
                    D.host(),
                    "Address to listen on. Any other than a loopback address needs admin_key.");
    private static final Key<Integer> PORT =
            Key.of("port", Kinds.integer(0, 65_535), D.port(), "Port; 0 takes a free one.");
    private static final Key<Optional<SecretHash>> ADMIN_KEY =
            Key.optional(
                    "admin_key",
                    SecretKind.CREDENTIAL.as(SecretHash::of),
                    "Key for /admin/v1 and the console. Default: the environment variable"
                            + " FAIRLEAD_ADMIN_KEY.");
    private static final Key<Boolean> REQUIRE_KEY =
            Key.of(
                    "require_key",
                    Kinds.BOOLEAN,
                    D.requireKey(),
                    "Whether clients need a key even while none is declared.");
    private static final Key<Duration> DRAIN =
            Key.of(
                    "drain",
                    Kinds.DURATION,
                    D.drain(),
                    "How long streams may go on after a stop was asked for.");
    private static final Key<DataSize> MAX_BODY =
            Key.of("max_body", Kinds.SIZE, D.maxBody(), "Largest request body.");
    private static final Key<Optional<ServerConfig.Tls>> TLS_KEY =
            Key.optional("tls", TLS, "Certificate and key. Default: plain HTTP.");
    private static final Key<List<String>> CORS_KEY =
            Key.orElse("cors", CORS, D.corsOrigins(), "Calls from web pages. Default: none.");
    private static final Key<ServerConfig.Limits> LIMITS_KEY =
            Key.orElse("limits", LIMITS, L, "Bounds against slow and greedy clients.");

    static final Shape<ServerConfig> SERVER =
            Shape.of(
                            "server",
                            "The client-facing side.",
                            f ->
                                    new ServerConfig(
                                            f.get(HOST),
                                            f.get(PORT),
                                            f.get(ADMIN_KEY),
                                            f.get(REQUIRE_KEY),
                                            f.get(DRAIN),
                                            f.get(MAX_BODY),
                                            f.get(TLS_KEY),
                                            f.get(CORS_KEY),
                                            f.get(LIMITS_KEY)),
                            List.of(
                                    HOST,
                                    PORT,
                                    ADMIN_KEY,
                                    REQUIRE_KEY,
                                    DRAIN,
                                    MAX_BODY,
                                    TLS_KEY,
                                    CORS_KEY,
                                    LIMITS_KEY))
                    .renaming(Map.of("master_key", "admin_key", "address", "host", "bind", "host"));

    private ServerShapes() {}
}
