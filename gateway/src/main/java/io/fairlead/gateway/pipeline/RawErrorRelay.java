package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.ProviderFault;
import io.vertx.core.buffer.Buffer;

/**
 * Relays the error answer of a raw route as it is, but for what the provider was sent in
 * confidence. It is held until its end, because a secret may lie across two pieces. Confined to its
 * exchange.
 */
final class RawErrorRelay implements AnswerRelay {
    private static final int LARGEST = 1 << 20;

    private final Host host;
    private final SentSecrets sent;
    private final Buffer held = Buffer.buffer();
    private boolean over;

    RawErrorRelay(Host host, SentSecrets sent) {
        this.host = host;
        this.sent = sent;
    }

    @Override
    public void data(Buffer piece) {
        if (over) {
            return;
        }
        if (held.length() + piece.length() > LARGEST) {
            over = true;
            host.fault(new ProviderFault.Malformed("an error answer of more than 1 MB"));
            return;
        }
        held.appendBuffer(piece);
    }

    @Override
    public void end() {
        if (!over) {
            over = true;
            host.commitPoint();
            host.complete();
        }
    }

    @Override
    public void finish() {
        host.outlet().end(Buffer.buffer(unsent()));
    }

    @Override
    public byte[] unsent() {
        return sent.hide(held.getBytes());
    }

    @Override
    public long left() {
        return held.length();
    }
}
