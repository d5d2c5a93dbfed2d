package io.fairlead.simulator.server;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a {@link SimulatorServer} listens (port 0 takes a free one), on how many event loops, how
 * many of the last requests it keeps for a test to look at, and the PEM files for TLS, if any.
 * HTTP/1.1 and HTTP/2 are both served, the latter in clear text too. Immutable.
 */
public record SimulatorOptions(
        String host, int port, int eventLoops, int keptRequests, Optional<Tls> tls) {

    /** A certificate chain and its private key, both PEM. */
    public record Tls(Path certificate, Path key) {}

    /** Loopback, a free port, one event loop, the last 4,096 requests kept. */
    public static SimulatorOptions loopback() {
        return new SimulatorOptions("127.0.0.1", 0, 1, 4_096, Optional.empty());
    }

    public SimulatorOptions withPort(int newPort) {
        return new SimulatorOptions(host, newPort, eventLoops, keptRequests, tls);
    }

    public SimulatorOptions withHost(String newHost) {
        return new SimulatorOptions(newHost, port, eventLoops, keptRequests, tls);
    }

    public SimulatorOptions withEventLoops(int count) {
        return new SimulatorOptions(host, port, count, keptRequests, tls);
    }

    public SimulatorOptions keeping(int requests) {
        return new SimulatorOptions(host, port, eventLoops, requests, tls);
    }

    public SimulatorOptions withTls(Path certificate, Path key) {
        return new SimulatorOptions(
                host, port, eventLoops, keptRequests, Optional.of(new Tls(certificate, key)));
    }
}
