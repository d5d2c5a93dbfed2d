package io.fairlead.protocol.openai;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.sse.SseScanner;

import java.util.Optional;

/**
 * A streamed answer on its way through: takes the provider's bytes in any chunking and gives event
 * by event what it means and which bytes the client gets. Use: {@code feed}, then {@code while
 * (next())} look at {@code signal} and forward {@code bytes[from..to)}; at the provider's end of
 * stream {@code end()}, then the same loop once more. One per attempt; confined to one thread.
 */
public final class AnswerStream {
    private final SseScanner scanner;
    private final StreamWatch watch;
    private StreamSignal signal = StreamSignal.NOTHING_YET;

    /**
     * @param hideUsage the gateway asked for usage and the client did not: the client sees the
     *     stream as if nobody had
     * @param maxEventBytes the largest event to take; a larger one is a fault
     */
    public AnswerStream(
            Endpoint endpoint, Conformance conformance, boolean hideUsage, int maxEventBytes) {
        this.scanner = new SseScanner(maxEventBytes);
        this.watch = new StreamWatch(endpoint);
    }

    /**
     * Gives the next bytes of the provider. All events of the previous bytes must have been taken.
     * The array must stay unchanged until {@link #next()} has returned false.
     */
    public void feed(byte[] bytes, int from, int to) {
        scanner.feed(bytes, from, to);
    }

    /** Says that the provider ended the stream; a last event without its blank line counts. */
    public void end() {
        scanner.end();
    }

    /** Goes to the next complete event; false: more bytes are needed, or the stream is over. */
    public boolean next() {
        if (!scanner.next()) {
            return false;
        }
        signal = watch.accept(scanner);
        return true;
    }

    /** What the current event means. */
    public StreamSignal signal() {
        return signal;
    }

    /** The array that holds what the client gets for the current event. */
    public byte[] bytes() {
        return scanner.bytes();
    }

    /** Start of the current event's bytes for the client. */
    public int from() {
        return scanner.from();
    }

    /** End of them; equal to {@link #from()} when the client gets nothing for this event. */
    public int to() {
        return scanner.to();
    }

    /** Whether there was any output. */
    public boolean outputSeen() {
        return watch.outputSeen();
    }

    /** Whether the proper end was seen: a finish reason, a terminal event or {@code [DONE]}. */
    public boolean complete() {
        return watch.complete();
    }

    /**
     * What is wrong with the stream: an error inside it, an event too large or unreadable; after
     * {@link #end()} also that it was empty or cut.
     */
    public Optional<ProviderFault> fault() {
        return watch.fault();
    }

    /** The usage reported so far; the last report wins. */
    public Optional<Usage> usage() {
        return watch.usage();
    }

    /** The model the provider says it used. */
    public Optional<String> model() {
        return watch.model();
    }

    /** The first choice's finish reason, as the provider gave it. */
    public Optional<String> finishReason() {
        return watch.finishReason();
    }

    /** Characters of output seen, to estimate usage of a stream that was cut or cancelled. */
    public long outputCharacters() {
        return watch.outputCharacters();
    }

    /** The last {@code sequence_number} of a Responses stream; -1: none. */
    public long sequenceNumber() {
        return watch.sequenceNumber();
    }
}
