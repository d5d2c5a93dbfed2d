package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.upstream.Buffers;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.EventStream;
import io.fairlead.protocol.codec.StreamSignal;
import io.vertx.core.buffer.Buffer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Relays a stream of events: whole events only, one write for those of one chunk. The last event
 * ({@code [DONE]}, or the terminal event of a Responses stream) waits until the record is written;
 * what comes behind it is not looked at. Confined to its exchange.
 */
final class EventRelay implements AnswerRelay {
    /** What the last event of a complete stream is. */
    enum Last {
        /** {@code [DONE]}; it is added where a provider forgets it. */
        DONE,
        /** The one with the finish. */
        FINISH,
        /** The one of which the stream itself says so. */
        SAID;

        static Last of(Endpoint endpoint) {
            return switch (endpoint) {
                case CHAT_COMPLETIONS, COMPLETIONS -> DONE;
                case RESPONSES -> FINISH;
                default -> SAID;
            };
        }
    }

    private static final byte[] NO_CHUNK = {};

    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Host host;
    private final EventStream stream;
    private final SentSecrets sent;
    private final int mostHeldBytes;
    private final HeldBytes held;
    private final Last last;
    private final EventGather gather = new EventGather();
    private boolean over;
    private boolean errorRelayed;
    private byte[] lastBytes = NO_CHUNK;
    private int lastFrom;
    private int lastTo;

    EventRelay(
            Host host,
            Last last,
            EventStream stream,
            SentSecrets sent,
            int mostHeldBytes,
            BodyBudget budget) {
        this.host = host;
        this.stream = stream;
        this.sent = sent;
        this.mostHeldBytes = mostHeldBytes;
        this.held = new HeldBytes(budget);
        this.last = last;
    }

    @Override
    public void data(Buffer piece) {
        if (over) {
            return;
        }
        byte[] chunk = Buffers.array(piece);
        int from = Buffers.offset(piece);
        stream.feed(chunk, from, from + piece.length());
        pump(chunk);
    }

    @Override
    public void end() {
        if (over) {
            return;
        }
        stream.end();
        pump(NO_CHUNK);
        if (over) {
            return;
        }
        if (last == Last.DONE) {
            gather.add(DONE, 0, DONE.length, NO_CHUNK); // a proper end, but for the last word
        }
        complete();
    }

    private void pump(byte[] chunk) {
        while (stream.next()) {
            StreamSignal signal = stream.signal();
            if (signal == StreamSignal.ERROR) {
                error();
                return;
            }
            gather.add(stream.bytes(), stream.from(), stream.to(), chunk);
            if (stream.from() != stream.to()) {
                lastBytes = stream.bytes();
                lastFrom = stream.from();
                lastTo = stream.to();
            }
            if (signal == StreamSignal.OUTPUT) {
                if (!host.committed()) {
                    host.commitPoint();
                }
            } else if (signal == StreamSignal.DONE
                    || (last == Last.FINISH && signal == StreamSignal.FINISH)) {
                ProviderFault empty = stream.fault().orElse(null);
                if (empty != null) {
                    broken(empty);
                } else {
                    complete();
                }
                return;
            }
        }
        Optional<ProviderFault> fault = stream.fault();
        if (fault.isPresent()) {
            broken(fault.get());
        } else if (host.committed()) {
            flush();
        } else if (gather.size() > mostHeldBytes) {
            broken(new ProviderFault.Malformed("too many events before the first output"));
        }
        if (!over && !held.now((long) gather.size() + stream.held())) {
            broken(HeldBytes.noRoom());
        }
    }

    /** Asked where the stream is translated: its bytes are made for each event. */
    @Override
    public byte[] last() {
        return Arrays.copyOfRange(lastBytes, lastFrom, lastTo);
    }

    @Override
    public void release() {
        held.release();
    }

    private void error() {
        if (host.committed()) {
            byte[] event =
                    sent.hide(Arrays.copyOfRange(stream.bytes(), stream.from(), stream.to()));
            gather.add(event, 0, event.length, NO_CHUNK);
            errorRelayed = stream.from() != stream.to();
        }
        broken(
                stream.fault()
                        .orElseGet(() ->
                                new ProviderFault.InStreamError(
                                        502, Optional.empty(), "error in the stream")));
    }

    private void broken(ProviderFault fault) {
        over = true;
        if (host.committed()) {
            flush();
        }
        host.fault(fault);
    }

    private void complete() {
        over = true;
        if (!host.committed()) {
            host.commitPoint();
        }
        host.complete();
    }

    private void flush() {
        if (!gather.isEmpty()) {
            host.outlet().write(gather.take());
        }
    }

    @Override
    public void finish() {
        if (gather.isEmpty()) {
            host.outlet().end();
        } else {
            host.outlet().end(gather.take());
        }
    }

    @Override
    public long left() {
        return gather.size();
    }

    @Override
    public boolean errorRelayed() {
        return errorRelayed;
    }

    @Override
    public boolean isStream() {
        return true;
    }

    @Override
    public Optional<Usage> usage() {
        return stream.usage();
    }

    @Override
    public Optional<String> model() {
        return stream.model();
    }

    @Override
    public Optional<String> finishReason() {
        return stream.finishReason();
    }

    @Override
    public long outputCharacters() {
        return stream.outputCharacters();
    }

    @Override
    public long sequenceNumber() {
        return stream.sequenceNumber();
    }
}
