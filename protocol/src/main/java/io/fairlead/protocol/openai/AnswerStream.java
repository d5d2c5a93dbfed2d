package io.fairlead.protocol.openai;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.EventStream;
import io.fairlead.protocol.codec.StreamSignal;
import io.fairlead.protocol.json.JsonEdit;
import io.fairlead.protocol.json.JsonText;
import io.fairlead.protocol.sse.SseScanner;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * A stream of an OpenAI-like provider for a client of OpenAI's: its bytes pass, but for what has to
 * be put right or hidden. One per attempt; confined to one thread.
 */
public final class AnswerStream implements EventStream {
    private static final byte[] NOTHING = {};
    private static final byte[] DATA = utf8("data: ");
    private static final byte[] BLANK_LINE = utf8("\n\n");

    private final boolean passthrough;
    private final boolean hideUsage;
    private final SseScanner scanner;
    private final StreamWatch watch;
    private final @Nullable Conformer conformer;
    private final JsonEdit edit = new JsonEdit();
    private StreamSignal signal = StreamSignal.NOTHING_YET;
    private byte[] bytes = NOTHING;
    private int from;
    private int to;
    private boolean ended;
    private @Nullable ProviderFault fault;

    /**
     * @param hideUsage the gateway asked for usage and the client did not: the client sees the
     *     stream as if nobody had
     * @param maxEventBytes the largest event to take; a larger one is a fault
     */
    public AnswerStream(
            Endpoint endpoint, Conformance conformance, boolean hideUsage, int maxEventBytes) {
        this.passthrough = endpoint == Endpoint.PASSTHROUGH;
        this.watch = new StreamWatch(endpoint);
        this.hideUsage = hideUsage;
        this.conformer =
                conformance.enabled() && !passthrough
                        ? new Conformer(endpoint, conformance, true)
                        : null;
        this.scanner = new SseScanner(maxEventBytes);
    }

    @Override
    public void feed(byte[] chunk, int chunkFrom, int chunkTo) {
        scanner.feed(chunk, chunkFrom, chunkTo);
    }

    @Override
    public void end() {
        scanner.end();
        ended = true;
    }

    @Override
    public boolean next() {
        if (!scanner.next()) {
            return false;
        }
        bytes = scanner.bytes();
        from = scanner.from();
        to = scanner.to();
        signal = watch.accept(scanner);
        if (passthrough) {
            return true;
        }
        if (!scanner.terminated()) {
            completeLast();
        } else if (signal == StreamSignal.NOTHING_YET && scanner.dataLines() == 0) {
            lookForBody();
        } else if (signal != StreamSignal.DONE) {
            putRight();
        }
        return true;
    }

    /** A last event without blank line: completed if it can be read, else it was cut. */
    private void completeLast() {
        if (scanner.dataLines() == 0) {
            lookForBody();
            return;
        }
        if (watch.fault().filter(found -> found instanceof ProviderFault.Malformed).isPresent()) {
            fault = new ProviderFault.Broken("the provider's stream ended within an event");
            to = from;
            return;
        }
        replaceEvent(JsonText.join(slice(), BLANK_LINE));
    }

    private byte[] slice() {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    /** Some providers answer an error as JSON under the content type of a stream. */
    private void lookForBody() {
        int at = from;
        while (at < to && bytes[at] <= ' ' && bytes[at] >= 0) {
            at++;
        }
        if (at < to && bytes[at] == '{') {
            signal = watch.accept(bytes, at, to, true);
        }
    }

    private void putRight() {
        boolean hide = hideUsage && signal != StreamSignal.ERROR;
        if (hide && watch.usageOnly()) {
            to = from;
            return;
        }
        boolean dropUsage = hide && watch.usageTo() > 0;
        if (!dropUsage && conformer == null) {
            return;
        }
        begin();
        if (conformer != null) {
            conformer.event(
                    scanner.dataBytes(),
                    scanner.dataFrom(),
                    scanner.dataTo(),
                    signal == StreamSignal.ERROR,
                    edit,
                    dropUsage);
        } else {
            watch.dropUsage(edit);
        }
        if (!edit.isEmpty()) {
            replace();
        }
    }

    private void begin() {
        if (scanner.dataLines() == 1) {
            edit.reset(bytes, from, to);
        } else {
            edit.reset(scanner.dataBytes(), scanner.dataFrom(), scanner.dataTo());
        }
    }

    private void replace() {
        byte[] result = edit.apply();
        if (scanner.dataLines() == 1) {
            replaceEvent(result);
            return;
        }
        // Several data lines were joined; a line feed there is only white space between tokens.
        for (int i = 0; i < result.length; i++) {
            if (result[i] == '\n') {
                result[i] = ' ';
            }
        }
        replaceEvent(JsonText.join(DATA, result, BLANK_LINE));
    }

    private void replaceEvent(byte[] event) {
        bytes = event;
        from = 0;
        to = event.length;
    }

    @Override
    public StreamSignal signal() {
        return signal;
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int from() {
        return from;
    }

    @Override
    public int to() {
        return to;
    }

    @Override
    public int held() {
        return scanner.held();
    }

    /** Whether there was any output. */
    public boolean outputSeen() {
        return watch.outputSeen();
    }

    /** Whether the proper end was seen: a finish reason, a terminal event or {@code [DONE]}. */
    public boolean complete() {
        return watch.complete();
    }

    @Override
    public Optional<ProviderFault> fault() {
        if (fault != null) {
            return Optional.of(fault);
        }
        if (scanner.overflowed()) {
            return Optional.of(
                    new ProviderFault.Malformed("the provider sent an event that is too large"));
        }
        if (passthrough) {
            return Optional.empty();
        }
        if (watch.fault().isPresent() || (!ended && !watch.complete())) {
            return watch.fault();
        }
        if (!watch.outputSeen() && !watch.finishSeen()) {
            return Optional.of(
                    new ProviderFault.Empty("the provider's stream has neither output nor end"));
        }
        return watch.complete() || watch.unknownForm()
                ? Optional.empty()
                : Optional.of(
                        new ProviderFault.Broken("the provider's stream ended before its end"));
    }

    @Override
    public Optional<Usage> usage() {
        return watch.usage();
    }

    @Override
    public Optional<String> model() {
        return watch.model();
    }

    @Override
    public Optional<String> finishReason() {
        return watch.finishReason();
    }

    /** Whether there was a tool call. */
    public boolean callSeen() {
        return watch.callSeen();
    }

    @Override
    public long outputCharacters() {
        return watch.outputCharacters();
    }

    @Override
    public long sequenceNumber() {
        return watch.sequenceNumber();
    }
}
