package io.fairlead.gateway.edge;

import io.fairlead.gateway.config.ServerConfig;

import java.util.concurrent.atomic.AtomicInteger;

/** What all event loops of the edge share: settings, open connections, draining. Thread-safe. */
final class EdgeState {
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger loops = new AtomicInteger();
    private volatile ServerConfig config;
    private volatile boolean draining;

    EdgeState(ServerConfig config) {
        this.config = config;
    }

    ServerConfig config() {
        return config;
    }

    void apply(ServerConfig newConfig) {
        config = newConfig;
    }

    boolean draining() {
        return draining;
    }

    void drain() {
        draining = true;
    }

    /** Takes a place for a connection; false when all are taken. */
    boolean connected() {
        if (connections.incrementAndGet() > config.limits().maxConnections()) {
            connections.decrementAndGet();
            return false;
        }
        return true;
    }

    void disconnected() {
        connections.decrementAndGet();
    }

    /** The number of an event loop that begins; counts from 0. */
    int nextLoop() {
        return loops.getAndIncrement();
    }

    int connections() {
        return connections.get();
    }
}
