package io.fairlead.gateway.routing;

import java.time.Duration;

/**
 * The breaker of one deployment with one key, and the pause its provider asked for. It opens after
 * {@value #CONSECUTIVE} failures in a row, or when at least {@value #SHARE_PERCENT} % of at least
 * {@value #ENOUGH_CALLS} calls within a window failed; the time it stays open doubles with each
 * opening in a row. Then it is half open: one probe may pass, and its outcome closes or opens it
 * again. All moments are {@code System.nanoTime()}. Immutable: every transition makes a new one.
 *
 * @param failuresInRow failures since the last success
 * @param windowStart when the present window began
 * @param calls judged calls in the window
 * @param failures failed calls in the window
 * @param openings openings in a row; 0: closed
 * @param openUntil when it becomes half open; meaningless while closed
 * @param probing whether a probe is under way
 * @param probeUntil when a probe that was never heard of again is given up
 * @param paused whether the provider asked for a pause
 * @param pausedUntil the pause's end; meaningless unless paused
 */
record Breaker(
        int failuresInRow,
        long windowStart,
        int calls,
        int failures,
        int openings,
        long openUntil,
        boolean probing,
        long probeUntil,
        boolean paused,
        long pausedUntil) {
    static final int CONSECUTIVE = 5;
    static final int ENOUGH_CALLS = 20;
    static final int SHARE_PERCENT = 50;
    static final Duration WINDOW = Duration.ofSeconds(30);
    static final Duration FIRST_COOLDOWN = Duration.ofSeconds(5);
    static final Duration LONGEST_COOLDOWN = Duration.ofMinutes(2);
    private static final Duration PROBE_LIMIT = Duration.ofMinutes(2);

    static Breaker fresh(long now) {
        return new Breaker(0, now, 0, 0, 0, now, false, now, false, now);
    }

    boolean closed() {
        return openings == 0;
    }

    /** Open, or half open with its probe under way. */
    boolean shut(long now) {
        return !closed() && (now - openUntil < 0 || (probing && now - probeUntil < 0));
    }

    boolean pausedAt(long now) {
        return paused && now - pausedUntil < 0;
    }

    /** Nothing in it that anybody still needs. */
    boolean stale(long now) {
        return closed() && !pausedAt(now) && now - windowStart > WINDOW.toNanos();
    }

    Breaker probe(long now) {
        return new Breaker(
                failuresInRow,
                windowStart,
                calls,
                failures,
                openings,
                openUntil,
                true,
                now + PROBE_LIMIT.toNanos(),
                paused,
                pausedUntil);
    }

    /** The probe ended without telling anything (the client hung up). */
    Breaker probeDropped() {
        return new Breaker(
                failuresInRow,
                windowStart,
                calls,
                failures,
                openings,
                openUntil,
                false,
                probeUntil,
                paused,
                pausedUntil);
    }

    Breaker success(long now) {
        if (!closed()) {
            return fresh(now);
        }
        boolean newWindow = now - windowStart > WINDOW.toNanos();
        return new Breaker(
                0,
                newWindow ? now : windowStart,
                newWindow ? 1 : calls + 1,
                newWindow ? 0 : failures,
                0,
                now,
                false,
                now,
                false,
                now);
    }

    Breaker failure(long now) {
        boolean newWindow = now - windowStart > WINDOW.toNanos();
        int callsNow = newWindow ? 1 : calls + 1;
        int failuresNow = newWindow ? 1 : failures + 1;
        int inRow = failuresInRow + 1;
        boolean late = !closed() && !probing;
        boolean opens =
                !late
                        && (!closed()
                                || inRow >= CONSECUTIVE
                                || (callsNow >= ENOUGH_CALLS
                                        && failuresNow * 100 >= callsNow * SHARE_PERCENT));
        int openingsNow = opens ? openings + 1 : openings;
        return new Breaker(
                inRow,
                newWindow ? now : windowStart,
                callsNow,
                failuresNow,
                openingsNow,
                opens ? now + cooldown(openingsNow).toNanos() : openUntil,
                false,
                probeUntil,
                paused,
                pausedUntil);
    }

    Breaker pause(long until) {
        return new Breaker(
                failuresInRow,
                windowStart,
                calls,
                failures,
                openings,
                openUntil,
                false,
                probeUntil,
                true,
                until);
    }

    static Duration cooldown(int openings) {
        return Doubling.of(FIRST_COOLDOWN, openings, LONGEST_COOLDOWN);
    }
}
