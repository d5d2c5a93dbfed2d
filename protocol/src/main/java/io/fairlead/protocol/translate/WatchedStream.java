package io.fairlead.protocol.translate;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.EventStream;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.StreamSignal;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.sse.SseScanner;

import java.util.Arrays;
import java.util.Optional;

/**
 * A stream of events whose bytes pass as they are, because client and provider speak the same
 * protocol; it is only read along. One per attempt; confined to one thread.
 */
public final class WatchedStream implements EventStream {
    private final SseScanner scanner;
    private final StreamReader reader;
    private final AnswerFacts facts = new AnswerFacts();
    private StreamSignal signal = StreamSignal.NOTHING_YET;
    private boolean ended;
    private boolean over;

    /**
     * @param maxEventBytes the largest event to take; a larger one is a fault
     */
    public WatchedStream(StreamReader reader, int maxEventBytes) {
        this.reader = reader;
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
            if (ended && !over) {
                over = true;
                facts.accept(reader.end());
            }
            return false;
        }
        signal = StreamSignal.NOTHING_YET;
        if (scanner.dataLines() > 0) {
            byte[] data =
                    Arrays.copyOfRange(scanner.dataBytes(), scanner.dataFrom(), scanner.dataTo());
            try {
                signal = facts.accept(reader.read(new Frame(scanner.name(), data)));
            } catch (Unreadable unreadable) {
                facts.unreadable(unreadable.problem());
                signal = StreamSignal.ERROR;
            }
        }
        return true;
    }

    @Override
    public StreamSignal signal() {
        return signal;
    }

    @Override
    public byte[] bytes() {
        return scanner.bytes();
    }

    @Override
    public int from() {
        return scanner.from();
    }

    @Override
    public int to() {
        return scanner.to();
    }

    @Override
    public int held() {
        return scanner.held();
    }

    @Override
    public Optional<ProviderFault> fault() {
        return scanner.overflowed()
                ? Optional.of(
                        new ProviderFault.Malformed("the provider sent an event that is too large"))
                : facts.fault(over);
    }

    @Override
    public Optional<Usage> usage() {
        return facts.usage();
    }

    @Override
    public Optional<String> model() {
        return facts.model();
    }

    @Override
    public Optional<String> finishReason() {
        return facts.finish();
    }

    @Override
    public long outputCharacters() {
        return facts.characters();
    }

    @Override
    public long sequenceNumber() {
        return -1;
    }
}
