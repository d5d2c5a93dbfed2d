package io.fairlead.protocol.codec;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;

import java.util.Optional;

/**
 * A streamed answer on its way through: takes the provider's bytes in any chunking and gives event
 * by event what it means and which bytes the client gets. Use: {@code feed}, then {@code while
 * (next())} look at {@code signal} and forward {@code bytes[from..to)}; at the provider's end of
 * stream {@code end()}, then the same loop once more, then look at {@code fault}. One per attempt;
 * confined to one thread.
 */
public interface EventStream {
    /**
     * Gives the next bytes of the provider. All events of the previous bytes must have been taken.
     * The array must stay unchanged until {@link #next()} has returned false.
     */
    void feed(byte[] chunk, int chunkFrom, int chunkTo);

    /**
     * Says that the provider ended the stream in good order (not that the connection broke): a last
     * event without its end mark counts if it is whole.
     */
    void end();

    /** Goes to the next complete event; false: more bytes are needed, or the stream is over. */
    boolean next();

    /** What the current event means. */
    StreamSignal signal();

    /** The array that holds what the client gets for the current event. */
    byte[] bytes();

    /** Start of the current event's bytes for the client. */
    int from();

    /** End of them; equal to {@link #from()} when the client gets nothing for this event. */
    int to();

    /** Bytes of an event whose end has not come. */
    int held();

    /**
     * What is wrong with the stream: an error inside it, an event too large or unreadable; at its
     * proper end and after {@link #end()} also that it was empty or cut.
     */
    Optional<ProviderFault> fault();

    /** The usage reported so far; the last report wins. */
    Optional<Usage> usage();

    /** The model the provider says it used. */
    Optional<String> model();

    /** The first choice's finish reason, as the provider gave it. */
    Optional<String> finishReason();

    /** About how many characters of output there were, to estimate the usage of a cut stream. */
    long outputCharacters();

    /** The last {@code sequence_number} that a Responses client saw; -1: none. */
    long sequenceNumber();
}
