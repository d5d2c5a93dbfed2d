package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.vertx.core.buffer.Buffer;

import java.util.Optional;

/**
 * Takes the body of one usable answer from the provider to the client: holds it up to the commit
 * point, lets it go after, and finds on the way what the ledger wants to know. One per attempt;
 * confined to its exchange.
 */
interface AnswerRelay {

    /** What a relay tells the exchange; each call may end the exchange before it returns. */
    interface Host {
        boolean committed();

        /** From here on the client may get bytes; the head is fixed when this returns. */
        void commitPoint();

        /** The answer came to its proper end; {@link AnswerRelay#finish} will be called. */
        void complete();

        /** The answer is none, or broke. */
        void fault(ProviderFault fault);

        Outlet outlet();
    }

    /** The head is known to the exchange; the body comes, unless this says that it is of no use. */
    default void begin() {}

    /** Takes a piece of the provider's body. */
    void data(Buffer piece);

    /** The provider ended its body. */
    void end();

    /** Sends what is left, and the end of the answer. */
    void finish();

    /** How many bytes {@link #finish} will send. */
    default long left() {
        return 0;
    }

    /** What {@link #finish} will send, to be stored; empty where it is no more than an end mark. */
    default byte[] unsent() {
        return new byte[0];
    }

    /** What the client gets at last: a whole answer, or the last events of a stream. */
    default byte[] last() {
        return unsent();
    }

    /** Gives back what was reserved; may be called more than once. */
    default void release() {}

    /** Whether the provider's own error event has already gone to the client. */
    default boolean errorRelayed() {
        return false;
    }

    /** Whether silence is only up to the first output token, not to the answer's head. */
    default boolean isStream() {
        return false;
    }

    /** The content type of what the client gets, where it is not the provider's. */
    default Optional<String> contentType() {
        return Optional.empty();
    }

    default Optional<Usage> usage() {
        return Optional.empty();
    }

    default Optional<String> model() {
        return Optional.empty();
    }

    default Optional<String> finishReason() {
        return Optional.empty();
    }

    /** About how many characters of output there were, for an answer that reports no usage. */
    default long outputCharacters() {
        return 0;
    }

    /** The last sequence number that a Responses client saw; -1: none. */
    default long sequenceNumber() {
        return -1;
    }
}
