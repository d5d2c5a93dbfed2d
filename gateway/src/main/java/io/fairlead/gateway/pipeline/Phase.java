package io.fairlead.gateway.pipeline;

/** Where an exchange stands. {@link Transitions} is the whole machine. Immutable. */
enum Phase {
    /** The request's body is being read. */
    RECEIVING,
    /**
     * It is being decided what to try next, or a pause before the next attempt passes, or media are
     * fetched for it, or the kept response that it goes on from is.
     */
    DECIDING,
    /** An attempt is out; no usable answer has begun. */
    ATTEMPTING,
    /** An answer has begun; it is held, and nothing of it is promised to the client. */
    HOLDING,
    /** The answer goes to the client as it comes; from here on nothing is tried again. */
    RELAYING,
    /** The outcome is known and being recorded; the end of the answer waits for that. */
    SETTLING,
    /** Over. */
    DONE
}
