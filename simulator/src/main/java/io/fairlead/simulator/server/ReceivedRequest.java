package io.fairlead.simulator.server;

import io.fairlead.simulator.SimRequest;

/** A request that was received and what became of it. Thread-safe. */
public final class ReceivedRequest {

    /** What became of a request. */
    public enum Outcome {
        /** Still being answered. */
        OPEN,
        /** Played to the end of its script, whatever end that was. */
        PLAYED,
        /** The client went away first. */
        ABORTED
    }

    private final SimRequest request;
    private volatile Outcome outcome = Outcome.OPEN;

    ReceivedRequest(SimRequest request) {
        this.request = request;
    }

    public SimRequest request() {
        return request;
    }

    public Outcome outcome() {
        return outcome;
    }

    void become(Outcome newOutcome) {
        outcome = newOutcome;
    }

    @Override
    public String toString() {
        return request + " " + outcome;
    }
}
