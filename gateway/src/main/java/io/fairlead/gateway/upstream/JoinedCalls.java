package io.fairlead.gateway.upstream;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Several calls of one provider that make one attempt: a few at a time, and their answers become
 * one JSON array in the order of the requests. It comes when all of them are there, or the first
 * failure instead, whatever the others said; the others are then given up. Used only on its event
 * loop.
 */
public final class JoinedCalls implements UpstreamCall {
    private static final int AT_ONCE = 8;

    private static final byte[] OPEN = "[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COMMA = ",".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = "]".getBytes(StandardCharsets.US_ASCII);

    private final Upstream upstream;
    private final List<UpstreamRequest> requests;
    private final UpstreamListener listener;
    private final long mostBytes;
    private final Room room;
    private final List<Part> parts = new ArrayList<>();
    private long held;
    private int answered;
    private boolean sent;
    private boolean refused;
    private boolean over;

    /**
     * @param mostBytes of all answers together
     * @param room where they are held
     */
    public JoinedCalls(
            Upstream upstream,
            List<UpstreamRequest> requests,
            UpstreamListener listener,
            long mostBytes,
            Room room) {
        this.upstream = upstream;
        this.requests = List.copyOf(requests);
        this.listener = listener;
        this.mostBytes = mostBytes;
        this.room = room;
    }

    @Override
    public void start() {
        for (int i = 0; i < AT_ONCE; i++) {
            next();
        }
    }

    private void next() {
        if (over || refused || parts.size() == requests.size()) {
            return;
        }
        Part part = new Part();
        UpstreamCall call = upstream.call(requests.get(parts.size()), part);
        part.call = call;
        parts.add(part);
        call.start();
    }

    /** One of the calls. */
    private final class Part implements UpstreamListener {
        private @Nullable UpstreamCall call;
        private @Nullable MultiMap headers;
        private final List<Buffer> pieces = new ArrayList<>(1);
        private boolean refusal;
        private boolean ended;

        @Override
        public void sent() {
            if (!sent) {
                sent = true;
                listener.sent();
            }
        }

        @Override
        public void head(int status, MultiMap newHeaders) {
            if (status >= 200 && status < 300) {
                headers = newHeaders;
                listener.progress();
            } else {
                refusal = true;
                refused = true;
                giveUp(this);
                listener.head(status, newHeaders);
            }
        }

        @Override
        public void data(Buffer piece) {
            if (refusal) {
                listener.data(piece);
            } else if (held + piece.length() > mostBytes || !room.reserve(piece.length())) {
                fail(new ProviderFault.TooLarge("the joined answers are too large to be held"));
            } else {
                held += piece.length();
                pieces.add(piece);
                listener.progress();
            }
        }

        @Override
        public void end() {
            ended = true;
            if (refusal) {
                over = true;
                listener.end();
                return;
            }
            answered++;
            if (answered == requests.size()) {
                deliver();
            } else {
                next();
            }
        }

        @Override
        public void failed(ProviderFault fault) {
            ended = true;
            fail(fault);
        }
    }

    private void fail(ProviderFault fault) {
        if (!over) {
            over = true;
            giveUp(null);
            listener.failed(fault);
        }
    }

    /** Gives up all calls but this one, and what was held of them. */
    private void giveUp(@Nullable Part but) {
        for (Part part : parts) {
            if (part != but && !part.ended && part.call != null) {
                part.ended = true;
                part.call.cancel();
            }
            part.pieces.clear();
        }
        room.release(held);
        held = 0;
    }

    private void deliver() {
        over = true;
        List<MultiMap> heads = new ArrayList<>(parts.size());
        List<Buffer> body = new ArrayList<>(parts.size() * 2 + 1);
        for (Part part : parts) {
            body.add(Buffers.wrap(body.isEmpty() ? OPEN : COMMA));
            body.addAll(part.pieces);
            if (part.headers != null) {
                heads.add(part.headers);
            }
        }
        body.add(Buffers.wrap(CLOSE));
        giveUp(null); // who hears it now holds it
        listener.head(200, JoinedHeaders.of(heads));
        for (Buffer piece : body) {
            listener.data(piece);
        }
        listener.end();
    }

    @Override
    public Collection<Secret> lent() {
        List<Secret> all = new ArrayList<>();
        for (Part part : parts) {
            if (part.call != null) {
                all.addAll(part.call.lent());
            }
        }
        return all;
    }

    @Override
    public void pause() {
        for (Part part : parts) {
            if (!part.ended && part.call != null) {
                part.call.pause();
            }
        }
    }

    @Override
    public void resume() {
        for (Part part : parts) {
            if (!part.ended && part.call != null) {
                part.call.resume();
            }
        }
    }

    @Override
    public void cancel() {
        over = true;
        giveUp(null);
    }
}
