package io.fairlead.gateway.pipeline;

/** What an exchange does on a transition; {@link Exchange} performs it. Immutable. */
enum Effect {
    /** Scan the body, resolve the model, ask for the first attempt. */
    DECIDE,
    /** Find the kept response that the request goes on from. */
    LOAD_CHAIN,
    /** Send a request to the provider that was decided on. */
    START_ATTEMPT,
    /** Wait as long as was decided. */
    PAUSE,
    /** Fetch the media that the next attempt's provider wants the bytes of. */
    FETCH_MEDIA,
    /** Give the upstream call up. */
    CANCEL_ATTEMPT,
    /** Ask what follows from the fault. */
    JUDGE_FAULT,
    /** Send {@code 200} and a comment, to keep the client waiting for the first token. */
    OPEN_STREAM,
    /** Fix status and headers; what is held may go. */
    COMMIT,
    /** Tell health and ledger that it went well. */
    RECORD_COMPLETED,
    /** Tell the ledger that it failed. */
    RECORD_FAILED,
    /** Tell the ledger that the client went away. */
    RECORD_CANCELLED,
    /** Send the ending that was chosen. */
    FINISH,
    /** Send the error that nothing could be recorded, in place of the ending. */
    FINISH_UNRECORDED,
    /** Give back everything. */
    RELEASE
}
