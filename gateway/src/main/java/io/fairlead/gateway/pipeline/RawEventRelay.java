package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.upstream.Buffers;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.StreamSignal;
import io.fairlead.protocol.openai.AnswerStream;
import io.vertx.core.buffer.Buffer;

import java.util.Optional;

/**
 * Relays the events of a raw route as they are, but for errors, out of which goes what the provider
 * was sent in confidence. So an event is held to its end, unless it is too large for an error. The
 * first byte commits. Confined to its exchange.
 */
final class RawEventRelay implements AnswerRelay {
    private static final int LARGEST_HELD = 1 << 20;

    private final Host host;
    private final AnswerStream events;
    private final SentSecrets sent;
    private final HeldBytes held;

    /** The beginning of an event whose end has not come. */
    private Buffer begun = Buffer.buffer();

    /** Bytes of {@link #begun} that went out because the event is so large. */
    private long gone;

    private boolean over;

    RawEventRelay(Host host, AnswerStream events, SentSecrets sent, BodyBudget budget) {
        this.host = host;
        this.events = events;
        this.sent = sent;
        this.held = new HeldBytes(budget);
    }

    @Override
    public void data(Buffer piece) {
        if (over || piece.length() == 0) {
            return;
        }
        if (!host.committed()) {
            host.commitPoint();
        }
        if (events.fault().isPresent()) {
            host.outlet().write(piece); // an event beyond all measure: only a stream of bytes now
            return;
        }
        int from = Buffers.offset(piece);
        events.feed(Buffers.array(piece), from, from + piece.length());
        relay(piece);
        if (!held.now((long) begun.length() + events.held())) {
            over = true;
            host.fault(HeldBytes.noRoom());
        }
    }

    /** Sends the events that have come to their end, and keeps what is behind them. */
    private void relay(Buffer piece) {
        long complete = 0;
        long errorFrom = -1;
        long errorTo = -1;
        while (events.next()) {
            long start = complete;
            complete += events.to() - events.from();
            if (events.signal() == StreamSignal.ERROR) {
                errorFrom = errorFrom < 0 ? start : errorFrom;
                errorTo = complete;
            }
        }
        if (events.fault().isPresent()) {
            complete = gone + begun.length() + piece.length();
        }
        if (complete == 0) {
            begin(piece);
            return;
        }
        int ofPiece = (int) (complete - gone - begun.length());
        Buffer whole = piece.slice(0, ofPiece);
        if (begun.length() > 0) {
            whole = begun.appendBuffer(whole);
            begun = Buffer.buffer();
        }
        if (errorFrom < 0) {
            host.outlet().write(whole);
        } else {
            int from = (int) Math.max(0, errorFrom - gone);
            int to = (int) (errorTo - gone);
            host.outlet().write(whole.slice(0, from));
            host.outlet().write(Buffers.wrap(sent.hide(whole.getBytes(from, to))));
            host.outlet().write(whole.slice(to, whole.length()));
        }
        gone = 0;
        if (ofPiece < piece.length()) {
            begin(piece.slice(ofPiece, piece.length()));
        }
    }

    private void begin(Buffer part) {
        begun.appendBuffer(part);
        if (begun.length() > LARGEST_HELD) {
            gone += begun.length();
            host.outlet().write(begun);
            begun = Buffer.buffer();
        }
    }

    @Override
    public void release() {
        held.release();
    }

    @Override
    public void end() {
        if (over) {
            return;
        }
        over = true;
        if (!host.committed()) {
            host.commitPoint();
        }
        if (events.fault().isEmpty()) {
            events.end();
            relay(Buffer.buffer());
        }
        host.complete();
    }

    @Override
    public void finish() {
        host.outlet().end();
    }

    @Override
    public Optional<Usage> usage() {
        return events.usage();
    }

    @Override
    public Optional<String> model() {
        return events.model();
    }

    @Override
    public Optional<String> finishReason() {
        return events.finishReason();
    }

    @Override
    public long outputCharacters() {
        return events.outputCharacters();
    }
}
