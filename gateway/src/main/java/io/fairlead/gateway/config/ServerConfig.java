package io.fairlead.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The client-facing side. Immutable.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 takes a free one
 * @param adminKey hash of the key for {@code /admin/v1}; must be there off loopback
 * @param requireKey whether clients need a key even while none is declared
 * @param drain how long streams may go on after a stop was asked for
 * @param maxBody largest request body
 * @param tls certificate and key; absent: plain HTTP
 * @param corsOrigins origins that browsers may call from; empty: none; {@code *}: all
 * @param limits bounds against slow and greedy clients
 */
public record ServerConfig(
        String host,
        int port,
        Optional<SecretHash> adminKey,
        boolean requireKey,
        Duration drain,
        DataSize maxBody,
        Optional<Tls> tls,
        List<String> corsOrigins,
        Limits limits) {

    /** PEM files, read again when they change. */
    public record Tls(Path cert, Path key) {}

    /**
     * Bounds against slow and greedy clients.
     *
     * @param maxConnections open client connections
     * @param header longest wait for a request's head
     * @param idle longest silence of a connection without a request in progress
     * @param body longest silence while a request body is awaited
     * @param maxBuffered most bytes of all bodies held in memory at a time
     */
    public record Limits(
            int maxConnections,
            Duration header,
            Duration idle,
            Duration body,
            DataSize maxBuffered) {
        public static final Limits DEFAULT =
                new Limits(
                        10_000,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(75),
                        Duration.ofSeconds(30),
                        DataSize.ofMegabytes(128));
    }

    public static final ServerConfig DEFAULT =
            new ServerConfig(
                    "127.0.0.1",
                    4000,
                    Optional.empty(),
                    false,
                    Duration.ofSeconds(30),
                    DataSize.ofMegabytes(100),
                    Optional.empty(),
                    List.of(),
                    Limits.DEFAULT);

    public ServerConfig {
        corsOrigins = List.copyOf(corsOrigins);
    }

    /** The same at another address, as given on the command line. */
    public ServerConfig at(String newHost, int newPort) {
        return new ServerConfig(
                newHost, newPort, adminKey, requireKey, drain, maxBody, tls, corsOrigins, limits);
    }

    public ServerConfig withAdminKey(SecretHash newAdminKey) {
        return new ServerConfig(
                host,
                port,
                Optional.of(newAdminKey),
                requireKey,
                drain,
                maxBody,
                tls,
                corsOrigins,
                limits);
    }

    /** Whether only this machine can reach {@link #host}. */
    public boolean loopback() {
        return LoopbackHost.isLoopback(host);
    }
}
