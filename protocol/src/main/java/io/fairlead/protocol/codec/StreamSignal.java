package io.fairlead.protocol.codec;

/** What one event of a streamed answer means for the exchange. Immutable. */
public enum StreamSignal {
    /** Nothing a client could miss: role, empty delta, comment, progress notice, usage. */
    NOTHING_YET,
    /** Output: text, refusal, reasoning, a call, audio, an image. The first one commits. */
    OUTPUT,
    /** The answer's proper end is in this event: a finish reason or a terminal event. */
    FINISH,
    /** {@code [DONE]}. */
    DONE,
    /** The provider reports an error inside the stream, or sent what can't be read. */
    ERROR
}
