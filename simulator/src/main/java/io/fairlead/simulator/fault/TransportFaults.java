package io.fairlead.simulator.fault;

import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimStep;

import java.time.Duration;
import java.util.function.UnaryOperator;

/** Faults of the connection: resets, cuts, stalls, slowness. Stateless. */
public final class TransportFaults {
    /** A reset overtakes bytes on their way; this lets what came before it arrive. */
    private static final SimStep SETTLE = new SimStep.Wait(Duration.ofMillis(25));

    private static final SimStep CUT = new SimStep.Cut();
    private static final SimStep RESET = new SimStep.Reset();
    private static final SimStep STALL = new SimStep.Stall();

    private TransportFaults() {}

    public static Fault resetBeforeHeaders() {
        return (_, _) -> new SimAnswer.Reset(Duration.ZERO);
    }

    public static Fault cutBeforeHeaders() {
        return (_, _) -> new SimAnswer.Hangup(Duration.ZERO);
    }

    public static Fault stallBeforeHeaders() {
        return (_, _) -> new SimAnswer.Silence();
    }

    public static Fault cutAfterEvents(long events) {
        return ofBody(body -> Truncated.afterEvents(body, events, SETTLE, CUT));
    }

    public static Fault cutAfterBytes(long bytes) {
        return ofBody(body -> Truncated.afterBytes(body, bytes, SETTLE, CUT));
    }

    public static Fault resetAfterEvents(long events) {
        return ofBody(body -> Truncated.afterEvents(body, events, SETTLE, RESET));
    }

    public static Fault resetAfterBytes(long bytes) {
        return ofBody(body -> Truncated.afterBytes(body, bytes, SETTLE, RESET));
    }

    public static Fault stallAfterEvents(long events) {
        return ofBody(body -> Truncated.afterEvents(body, events, STALL));
    }

    public static Fault stallAfterBytes(long bytes) {
        return ofBody(body -> Truncated.afterBytes(body, bytes, STALL));
    }

    /** The head comes that much later. */
    public static Fault delay(Duration delay) {
        return Fault.ofReply((_, reply) -> reply.after(reply.delay().plus(delay)));
    }

    /** Every byte by itself, with a pause before each. */
    public static Fault drip(Duration pause) {
        return ofBody(body -> new Dripping(body, new SimStep.Wait(pause)));
    }

    private static Fault ofBody(UnaryOperator<SimBody> change) {
        return Fault.ofReply((_, reply) -> reply.withBody(change));
    }
}
