package io.fairlead.gateway.pipeline;

import io.vertx.core.buffer.Buffer;

import java.util.Optional;

/**
 * The client's side of an exchange: writes, counts what was written, and stops the provider when
 * the client takes bytes slower than they come. Confined to its exchange.
 */
final class Outlet {
    private final ClientResponse response;
    private Runnable stop = () -> {};
    private long written;
    private Optional<KeptBody> kept = Optional.empty();
    private boolean full;
    private boolean ended;

    Outlet(ClientResponse response) {
        this.response = response;
    }

    /** Says what to do when the client can't take more for now, and when it can again. */
    void onPressure(Runnable newStop, Runnable go) {
        stop = newStop;
        response.onDrain(() -> {
            full = false;
            go.run();
        });
    }

    /** Whether the status is out, or about to go with the next bytes. */
    boolean headOut() {
        return response.headSent();
    }

    boolean ended() {
        return ended;
    }

    /** Whether the client has a full queue and takes nothing. */
    boolean full() {
        return full;
    }

    long written() {
        return written;
    }

    /** From here on what is written is also kept. */
    void keep(KeptBody body) {
        kept = Optional.of(body);
    }

    void write(Buffer piece) {
        if (ended || piece.length() == 0) {
            return;
        }
        written += piece.length();
        if (kept.isPresent()) {
            kept.get().add(piece.getBytes());
        }
        response.write(piece);
        if (!full && response.writeQueueFull()) {
            full = true;
            stop.run();
        }
    }

    /** What says nothing and keeps client and proxies from giving up. */
    void keepAlive(Buffer nothing) {
        if (!response.writeQueueFull()) {
            response.write(nothing);
        }
    }

    void end(Buffer last) {
        if (!ended) {
            ended = true;
            written += last.length();
            response.end(last);
        }
    }

    void end() {
        if (!ended) {
            ended = true;
            response.end();
        }
    }

    /** Ends so that nobody can take it for complete. */
    void cut() {
        if (!ended) {
            ended = true;
            response.reset();
        }
    }
}
