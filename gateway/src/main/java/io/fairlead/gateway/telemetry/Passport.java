package io.fairlead.gateway.telemetry;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Locale;

/**
 * The timeline of one request: the states it passed and when, cheap enough to be kept for every
 * request and printed only for slow or failed ones. Past {@value #MOST_MARKS} marks (a request with
 * many retries) the rest is counted, not kept. Confined to one request and its event loop.
 */
public final class Passport {
    /** A point on the way of a request. */
    public enum State {
        /** The head of the request was read. */
        RECEIVED,
        /** The whole body of the request was read. */
        BODY_COMPLETE,
        /** It is known who calls. */
        AUTHENTICATED,
        /** It is known which deployments may answer; detail: how many. */
        PLANNED,
        /** An attempt began; detail: deployment. */
        ATTEMPT,
        /** Media are fetched for the attempt. */
        MEDIA,
        /** The request is on the wire to the provider. */
        SENT,
        /** The head of the provider's answer was read; detail: status. */
        UPSTREAM_HEAD,
        /** The attempt failed; detail: fault. */
        FAULT,
        /** A pause before the next attempt began. */
        BACK_OFF,
        /** The status went out before the first output token, to keep the client waiting. */
        HELD,
        /** The first output token was seen. */
        FIRST_TOKEN,
        /** Status and headers went to the client; from here on nothing is tried again. */
        COMMITTED,
        /** The provider's answer is complete. */
        UPSTREAM_END,
        /** The client does not read: writing stopped. */
        STALLED,
        /** The client reads again. */
        FLOWING,
        /** The record is in the journal. */
        JOURNALED,
        /** The client hung up. */
        CLIENT_CLOSED,
        /** The end of the answer was handed to the connection. */
        ENDED;

        private final String word = name().toLowerCase(Locale.ROOT);

        /** The name in logs: {@code first_token}. */
        public String word() {
            return word;
        }
    }

    static final int MOST_MARKS = 64;
    private static final State[] STATES = State.values();

    private final long startNanos;
    private byte[] states = new byte[12];
    private long[] nanos = new long[12];
    private @Nullable String[] details = new String[0];
    private int size;
    private int dropped;

    private Passport(long startNanos) {
        this.startNanos = startNanos;
    }

    /** A passport of a request whose head has just been read. */
    public static Passport open() {
        Passport passport = new Passport(System.nanoTime());
        passport.mark(State.RECEIVED, passport.startNanos);
        return passport;
    }

    /** {@link System#nanoTime()} of the moment when the head was read. */
    public long startNanos() {
        return startNanos;
    }

    /** Notes that {@code state} was reached now. */
    public void mark(State state) {
        mark(state, System.nanoTime());
    }

    /** Notes that {@code state} was reached at {@code now}, of {@link System#nanoTime()}. */
    public void mark(State state, long now) {
        if (size == MOST_MARKS) {
            dropped++;
            return;
        }
        if (size == states.length) {
            int length = Math.min(MOST_MARKS, size * 2);
            states = Arrays.copyOf(states, length);
            nanos = Arrays.copyOf(nanos, length);
        }
        states[size] = (byte) state.ordinal();
        nanos[size] = now;
        size++;
    }

    /** Notes that {@code state} was reached now, with a word that says more (no secret). */
    public void mark(State state, String detail) {
        int at = size;
        mark(state, System.nanoTime());
        if (at < size) {
            if (details.length <= at) {
                details = Arrays.copyOf(details, states.length);
            }
            details[at] = detail;
        }
    }

    /** When {@code state} was first reached, in nanoseconds since the start; -1: never. */
    public long reached(State state) {
        for (int i = 0; i < size; i++) {
            if (states[i] == state.ordinal()) {
                return nanos[i] - startNanos;
            }
        }
        return -1;
    }

    /**
     * The timeline for people, in milliseconds since the start: {@code received 0.0, body_complete
     * 0.2, attempt openai/gpt-5 0.3, …}.
     */
    public String timeline() {
        StringBuilder out = new StringBuilder(size * 24);
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                out.append(", ");
            }
            out.append(STATES[states[i]].word()).append(' ');
            if (i < details.length && details[i] != null) {
                LogText.appendClean(out, details[i], 80);
                out.append(' ');
            }
            long tenths = Math.max(0, nanos[i] - startNanos) / 100_000;
            out.append(tenths / 10).append('.').append(tenths % 10);
        }
        if (dropped > 0) {
            out.append(", and ").append(dropped).append(" more");
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return timeline();
    }
}
