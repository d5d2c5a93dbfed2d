package io.fairlead.gateway.edge;

import io.vertx.core.http.HttpServerRequest;

import java.time.Duration;
import java.util.Set;

/**
 * One request, its answer and its connection until both are through. Confined to its event loop.
 */
final class Exchange {
    private static final long WRITE_STALL_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long LINGER_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long MOST_DISCARDED = 32L << 20;

    private final Incoming in;
    private final Outgoing out;
    private final OpenConnection connection;
    private final Set<Exchange> ongoing;
    private long lingerSince;

    Exchange(Incoming in, OpenConnection connection, Set<Exchange> ongoing) {
        HttpServerRequest request = in.http();
        this.in = in;
        this.connection = connection;
        this.ongoing = ongoing;
        this.out = new Outgoing(request.response(), request.version(), connection, this::answered);
        ongoing.add(this);
        connection.began();
    }

    Incoming in() {
        return in;
    }

    Outgoing out() {
        return out;
    }

    void sweep(long now, Duration longestBodySilence) {
        if (lingerSince == 0) {
            in.sweep(now, longestBodySilence);
            out.sweep(now, WRITE_STALL_NANOS);
        } else if (in.http().isEnded() || now - lingerSince > LINGER_NANOS) {
            close();
        }
    }

    /** The answer is out, or the client is gone. */
    private void answered() {
        if (in.http().isEnded() || out.isGone()) {
            remove();
            return;
        }
        // the client may still be sending: closing now would destroy the answer on its way
        lingerSince = System.nanoTime();
        in.discard(MOST_DISCARDED, this::close, this::remove);
        if (in.awaitsContinue()) {
            close();
        }
    }

    private void close() {
        if (ongoing.contains(this)) {
            if (!in.http().isEnded()) {
                out.abandon();
            }
            remove();
        }
    }

    private void remove() {
        if (ongoing.remove(this)) {
            connection.ended(System.nanoTime());
        }
    }
}
