package io.fairlead.gateway.pipeline;

/** What can happen to an exchange. Immutable. */
enum Happening {
    /** The whole request is there. */
    BODY_READ,
    /** A step of ours refused the request: too large, no key, unknown model. */
    REFUSED,
    /** It goes on from a kept response that is not there yet. */
    CHAIN_WANTED,
    /** It is there. */
    CHAIN_THERE,
    /** Make an attempt now. */
    TRY,
    /** Make an attempt after a pause. */
    TRY_LATER,
    /** The pause is over. */
    PAUSE_OVER,
    /** The attempt's provider wants the bytes of media that are not there yet. */
    MEDIA_WANTED,
    /** They are there. */
    MEDIA_THERE,
    /** They can't be had, but another provider may take their addresses. */
    MEDIA_REFUSED,
    /** No attempt is left; the provider's own error goes to the client. */
    PASS_ON,
    /** No attempt is left; an error of ours goes to the client. */
    GIVE_UP,
    /** A usable head of an answer came. */
    ANSWER_BEGAN,
    /** The first output token, a body too large to hold, or a proper end without output. */
    COMMIT_POINT,
    /** The answer is there to its proper end. */
    ANSWER_COMPLETE,
    /** The provider failed, or a deadline passed. */
    FAULT,
    /** The status may not wait any longer ({@code stream.hold}). */
    HOLD_OVER,
    /** The client hung up, or stopped reading for too long. */
    CLIENT_GONE,
    /** The record is in the ledger. */
    RECORDED,
    /** The ledger had no room. */
    NOT_RECORDED,
    /** The gateway stops, and the time that requests had to finish is over. */
    STOPPED,
    /** A defect of ours: an unexpected exception. */
    DEFECT
}
