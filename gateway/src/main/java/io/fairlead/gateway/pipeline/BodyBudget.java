package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.upstream.Room;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The most bytes of bodies that the gateway holds in memory at a time, all event loops together.
 * What is reserved must be given back. Thread-safe.
 */
public final class BodyBudget implements Room {
    private final AtomicLong held = new AtomicLong();
    private volatile long mostBytes;

    public BodyBudget(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Another bound from now on. */
    public void apply(long newMostBytes) {
        mostBytes = newMostBytes;
    }

    /** Bytes held now, for metrics. */
    public long held() {
        return held.get();
    }

    @Override
    public boolean reserve(long bytes) {
        if (held.addAndGet(bytes) <= mostBytes) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    @Override
    public void release(long bytes) {
        held.addAndGet(-bytes);
    }
}
