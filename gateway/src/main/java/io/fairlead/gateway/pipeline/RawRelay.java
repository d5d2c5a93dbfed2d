package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.upstream.Buffers;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.openai.AnswerStream;
import io.fairlead.protocol.openai.LargeAnswer;
import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * Relays bytes that nobody looks into but to find the usage: sound, and everything on raw routes.
 * The first byte commits. Confined to its exchange.
 */
final class RawRelay implements AnswerRelay {
    private final Host host;
    private final @Nullable AnswerStream events;
    private final LargeAnswer plain = new LargeAnswer();
    private boolean over;

    /**
     * @param events watches the bytes as a stream of events; absent: they are none
     */
    RawRelay(Host host, @Nullable AnswerStream events) {
        this.host = host;
        this.events = events;
    }

    @Override
    public void data(Buffer piece) {
        if (over || piece.length() == 0) {
            return;
        }
        if (!host.committed()) {
            host.commitPoint();
        }
        byte[] bytes = Buffers.array(piece);
        int from = Buffers.offset(piece);
        if (events == null) {
            plain.feed(bytes, from, from + piece.length());
        } else if (events.fault().isEmpty()) {
            events.feed(bytes, from, from + piece.length());
            drain(events);
        }
        host.outlet().write(piece);
    }

    private static void drain(AnswerStream events) {
        while (events.next()) {
            events.signal(); // only the facts count; the bytes go as they came
        }
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
        host.complete();
    }

    @Override
    public void finish() {
        host.outlet().end();
    }

    @Override
    public Optional<Usage> usage() {
        return events == null ? plain.usage() : events.usage();
    }

    @Override
    public Optional<String> model() {
        return events == null ? plain.model() : events.model();
    }

    @Override
    public Optional<String> finishReason() {
        return events == null ? Optional.empty() : events.finishReason();
    }

    @Override
    public long outputCharacters() {
        return events == null ? 0 : events.outputCharacters();
    }
}
