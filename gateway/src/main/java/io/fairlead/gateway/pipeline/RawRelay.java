package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.upstream.Buffers;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.openai.LargeAnswer;
import io.vertx.core.buffer.Buffer;

import java.util.Optional;

/**
 * Relays bytes that nobody looks into but to find the usage: sound, and on raw routes all but
 * events. The first byte commits. Confined to its exchange.
 */
final class RawRelay implements AnswerRelay {
    private final Host host;
    private final LargeAnswer plain = new LargeAnswer();
    private final Optional<String> contentType;
    private boolean over;

    RawRelay(Host host) {
        this(host, Optional.empty());
    }

    /**
     * @param contentType of the client's answer; absent: as the provider gave it
     */
    RawRelay(Host host, Optional<String> contentType) {
        this.host = host;
        this.contentType = contentType;
    }

    @Override
    public Optional<String> contentType() {
        return contentType;
    }

    @Override
    public void data(Buffer piece) {
        if (over || piece.length() == 0) {
            return;
        }
        if (!host.committed()) {
            host.commitPoint();
        }
        int from = Buffers.offset(piece);
        plain.feed(Buffers.array(piece), from, from + piece.length());
        host.outlet().write(piece);
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
        return plain.usage();
    }

    @Override
    public Optional<String> model() {
        return plain.model();
    }
}
