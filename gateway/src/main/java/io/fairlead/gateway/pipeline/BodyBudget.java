package io.fairlead.gateway.pipeline;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The most bytes of bodies that the gateway holds in memory at a time, all event loops together.
 * What is reserved must be given back. Thread-safe.
 */
public final class BodyBudget {
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

    /** Takes {@code bytes} from what is left; false: there is not enough, and nothing is taken. */
    boolean reserve(long bytes) {
        if (held.addAndGet(bytes) <= mostBytes) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    void release(long bytes) {
        held.addAndGet(-bytes);
    }
}
