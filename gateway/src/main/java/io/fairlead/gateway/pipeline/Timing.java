package io.fairlead.gateway.pipeline;

/**
 * How long what of an exchange took; providers aside, whose time the attempts know. Confined to its
 * exchange.
 */
final class Timing {
    private final long startNanos;
    private long waitedNanos;
    private long firstTokenNanos = -1;

    /**
     * @param startNanos {@link System#nanoTime()} of the moment when the head was read
     */
    Timing(long startNanos) {
        this.startNanos = startNanos;
    }

    /** The client's body is there, for which it waited up to now. */
    void bodyRead() {
        waitedNanos = System.nanoTime() - startNanos;
    }

    /** It waited since {@code begun} for something else that is neither ours nor a provider's. */
    void waitedSince(long begun) {
        waitedNanos += System.nanoTime() - begun;
    }

    void firstToken(long now) {
        firstTokenNanos = now - startNanos;
    }

    /** From the start to the first output token, or the whole answer; -1: it never came. */
    long firstTokenNanos() {
        return firstTokenNanos;
    }

    /** Time that passed while neither a provider, nor the client's body, nor media were awaited. */
    long overheadNanos(Attempts attempts, long now) {
        return Math.max(0, now - startNanos - waitedNanos - attempts.tookNanos(now));
    }
}
