package io.fairlead.gateway.pipeline;

/**
 * The clocks of one exchange that are not an attempt's: silence of the client's body, the hold of a
 * stream's status, a client that takes nothing. All moments are {@link System#nanoTime()}, to the
 * tick. Confined to its exchange.
 */
final class Deadlines {
    /** What is due. */
    enum Due {
        NOTHING,
        BODY_LATE,
        HOLD_OVER,
        KEEP_ALIVE,
        CLIENT_STALLED
    }

    private final ExchangeLimits limits;
    private final long startNanos;
    private long bodyNanos;
    private boolean bodyProgress;
    private long keepAliveAtNanos;
    private long fullSinceNanos;
    private boolean full;

    Deadlines(ExchangeLimits limits, long startNanos) {
        this.limits = limits;
        this.startNanos = startNanos;
        this.bodyNanos = startNanos;
    }

    /** A piece of the request's body came. */
    void bodyProgress() {
        bodyProgress = true;
    }

    /** The status went out before its time; comments keep the client waiting. */
    void held(long now) {
        keepAliveAtNanos = now + limits.keepAlive().toNanos();
    }

    void clientFull(long now) {
        full = true;
        fullSinceNanos = now;
    }

    /** The client takes bytes again; whether it had stopped. */
    boolean clientFlows() {
        boolean was = full;
        full = false;
        return was;
    }

    /**
     * What is due now; a thing is due once.
     *
     * @param streams whether the client waits for a stream
     * @param headOut whether it already has a status
     */
    Due due(Phase phase, long now, boolean streams, boolean headOut) {
        if (bodyProgress) {
            bodyProgress = false;
            bodyNanos = now;
        }
        return switch (phase) {
            case RECEIVING ->
                    now - bodyNanos >= limits.bodyIdle().toNanos() ? Due.BODY_LATE : Due.NOTHING;
            case DECIDING, ATTEMPTING, HOLDING -> streams ? hold(now, headOut) : Due.NOTHING;
            case RELAYING ->
                    full && now - fullSinceNanos >= limits.clientStall().toNanos()
                            ? Due.CLIENT_STALLED
                            : Due.NOTHING;
            case SETTLING, DONE -> Due.NOTHING;
        };
    }

    private Due hold(long now, boolean headOut) {
        if (!headOut) {
            return now - startNanos >= limits.hold().toNanos() ? Due.HOLD_OVER : Due.NOTHING;
        }
        if (now - keepAliveAtNanos < 0) {
            return Due.NOTHING;
        }
        held(now);
        return Due.KEEP_ALIVE;
    }
}
