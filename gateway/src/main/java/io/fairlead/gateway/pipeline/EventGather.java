package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.upstream.Buffers;
import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Gathers the events that leave in one write. Events that lie one behind the other in the array of
 * a chunk are not copied. Confined to one answer.
 */
final class EventGather {
    private static final byte[] EMPTY = {};

    /** A run within one chunk's array, which nobody changes. */
    private byte @Nullable [] run;

    private int runFrom;
    private int runTo;

    /** What could not stay a run. */
    private byte[] copied = EMPTY;

    private int length;

    /**
     * Adds a range.
     *
     * @param chunk the array of the provider's chunk, which nobody changes later: a range of it
     *     need not be copied
     */
    void add(byte[] bytes, int from, int to, byte[] chunk) {
        if (from == to) {
            return;
        }
        boolean stable = same(bytes, chunk);
        if (stable && same(bytes, run) && from == runTo) {
            runTo = to;
            return;
        }
        if (stable && run == null && length == 0) {
            run = bytes;
            runFrom = from;
            runTo = to;
            return;
        }
        spill();
        copy(bytes, from, to);
    }

    @SuppressWarnings("ReferenceEquality") // the very array is meant, not one that looks the same
    private static boolean same(byte[] one, byte @Nullable [] other) {
        return one == other;
    }

    int size() {
        return length + runTo - runFrom;
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** Everything gathered; nothing is left. */
    Buffer take() {
        Buffer all;
        if (run != null && length == 0) {
            all = Buffers.wrap(run, runFrom, runTo - runFrom);
        } else {
            spill();
            all = Buffers.wrap(copied, 0, length);
            copied = EMPTY;
            length = 0;
        }
        clearRun();
        return all;
    }

    /** Moves a run to the copied bytes. */
    private void spill() {
        if (run != null) {
            copy(run, runFrom, runTo);
            clearRun();
        }
    }

    private void clearRun() {
        run = null;
        runFrom = 0;
        runTo = 0;
    }

    private void copy(byte[] bytes, int from, int to) {
        int more = to - from;
        if (length + more > copied.length) {
            copied = Arrays.copyOf(copied, Math.max(length + more, copied.length * 2));
        }
        System.arraycopy(bytes, from, copied, length, more);
        length += more;
    }
}
