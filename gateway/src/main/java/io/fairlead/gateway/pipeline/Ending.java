package io.fairlead.gateway.pipeline;

/** How an answer ends. Immutable. */
enum Ending {
    /** Not decided yet. */
    NONE,
    /** What is held of the provider's answer, and the end. */
    ANSWER,
    /** The provider's own error answer: the request's fault. */
    PROVIDERS_ERROR,
    /** An error of ours, with its HTTP status. */
    ERROR,
    /** The status is out: an error event, or a cut where the protocol has none. */
    BROKEN_OFF,
    /** Nothing: nobody is there. */
    SILENCE
}
