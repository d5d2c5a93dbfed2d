package io.fairlead.benchmarks.comparison;

import java.io.IOException;
import java.util.Optional;

/**
 * HAProxy as a plain HTTP proxy: one thread, server connections always reused. Without {@code
 * http-no-delay} it would hold every event until the next one comes. Used by one thread.
 */
record Haproxy() implements Candidate {

    @Override
    public String name() {
        return "haproxy";
    }

    @Override
    public Optional<String> missing() {
        return Command.found("haproxy")
                ? Optional.empty()
                : Optional.of("install the package haproxy");
    }

    private static String config(int port, int upstreamPort) {
        return """
        global
          nbthread 1
          maxconn 8000
        defaults
          mode http
          timeout connect 5s
          timeout client 600s
          timeout server 600s
          http-reuse always
          option http-no-delay
        frontend in
          bind 127.0.0.1:%1$d backlog 4096
          default_backend provider
        backend provider
          server provider 127.0.0.1:%2$d pool-max-conn 4096
        """
                .formatted(port, upstreamPort);
    }

    @Override
    public Running start(Bench bench) throws IOException, InterruptedException {
        int port = Bench.freePort();
        var config = bench.write("haproxy/haproxy.cfg", config(port, bench.upstreamPort()));
        return bench.startProxy(this, port, "haproxy", "-db", "-f", config.toString());
    }

    @Override
    public String about(Running running) throws IOException, InterruptedException {
        return Command.firstLine("haproxy", "-v");
    }
}
