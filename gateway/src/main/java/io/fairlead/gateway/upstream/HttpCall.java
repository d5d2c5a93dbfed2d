package io.fairlead.gateway.upstream;

import io.fairlead.gateway.cloud.CloudCredential;
import io.fairlead.gateway.cloud.Grant;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One attempt over HTTP. A request that meets a connection which the provider had just closed in
 * the pool (it was used before, and not one byte came back) is sent once more on another one.
 * Confined to its event loop.
 */
final class HttpCall implements UpstreamCall, ConnectionPool.Call, Wire.Listener {
    private final HttpUpstream upstream;
    private final UpstreamListener listener;

    /** Its body is dropped when the answer begins: it may be large, and the answer long. */
    private UpstreamRequest request;

    private @Nullable Wire wire;
    private @Nullable ContentCoding coding;
    private ConnectionPool.@Nullable Connection connection;
    private boolean reusedConnection;

    /** The head of the answer came. */
    private boolean answered;

    /** The answer is whole, and the connection in order. */
    private boolean clean;

    private boolean sentTwice;

    /** What a cloud lent for this call; null: nothing, or not yet. */
    private @Nullable Grant grant;

    /** The first grant was refused, and another one asked for. */
    private boolean grantedTwice;

    /**
     * Nothing more is said to the listener, and nothing more is done to the connection: it may
     * already serve another request (eclipse-vertx/vert.x#6294).
     */
    private boolean done;

    HttpCall(HttpUpstream upstream, UpstreamRequest request, UpstreamListener listener) {
        this.upstream = upstream;
        this.request = request;
        this.listener = listener;
    }

    @Override
    public void start() {
        upstream.began();
        LentHeaders.credential(request, upstream.clouds())
                .ifPresentOrElse(this::borrow, this::connect);
    }

    /** Waits, if it must, no longer than the deadlines of the attempt let it. */
    private void borrow(CloudCredential credential) {
        Grant atHand = credential.current();
        if (atHand != null) {
            lent(atHand);
            return;
        }
        Consumer<Runnable> loop = upstream.loop();
        var _ =
                credential
                        .ask()
                        .whenComplete((fresh, why) ->
                                loop.accept(() -> {
                                    if (done) {
                                        return;
                                    }
                                    if (why == null) {
                                        lent(fresh);
                                    } else {
                                        fail(Faults.borrowing(why));
                                    }
                                }));
    }

    private void lent(Grant fresh) {
        grant = fresh;
        request = LentHeaders.put(request, fresh, upstream.clouds().now());
        connect();
    }

    /** The provider takes no longer what was lent: tries once with something new. */
    private boolean borrowsAgain(int status, MultiMap headers) {
        if (grant == null || grantedTwice || !LentHeaders.refused(grant, status, headers)) {
            return false;
        }
        CloudCredential credential =
                LentHeaders.credential(request, upstream.clouds()).orElseThrow();
        if (!credential.refused(grant)) {
            return false;
        }
        grantedTwice = true;
        Wire refusing = wire;
        wire = null;
        leave();
        if (refusing != null) {
            refusing.reset();
        }
        borrow(credential);
        return true;
    }

    @Override
    public Collection<Secret> lent() {
        if (grant == null) {
            return List.of();
        }
        List<Secret> secrets = new ArrayList<>();
        if (grant instanceof Grant.Token token) {
            secrets.add(token.secret());
        } else {
            request.lent()
                    .forEach((name, value) -> {
                        String text = value.reveal();
                        if (name.equals("authorization")) {
                            secrets.add(Secret.of(text.substring(text.lastIndexOf('=') + 1)));
                        } else if (!name.equals("x-amz-date")) {
                            secrets.add(value);
                        }
                    });
        }
        return secrets;
    }

    private void connect() {
        upstream.pool(request.deployment()).take(this);
    }

    @Override
    public boolean waits() {
        return !done;
    }

    @Override
    public Duration connectTimeout() {
        return request.deployment().resilience().connect();
    }

    @Override
    public void failed(Throwable cause) {
        fail(Faults.connecting(cause));
    }

    @Override
    public void connected(ConnectionPool.Connection free) {
        connection = free;
        reusedConnection = free.used();
        wire = free.wire();
        wire.send(request, this);
    }

    @Override
    public boolean sending() {
        if (!sentTwice && !grantedTwice) {
            listener.sent();
        }
        return !done;
    }

    @Override
    public void head(int status, MultiMap headers) {
        if (done || borrowsAgain(status, headers)) {
            return;
        }
        answered = true;
        request = request.withoutBody();
        String kept = headers.get("keep-alive");
        if (kept != null && connection != null) {
            KeepAlive.timeout(kept).ifPresent(connection::keptFor);
        }
        String encoding = headers.get("content-encoding");
        if (encoding != null && !ContentCoding.isIdentity(encoding)) {
            Optional<ContentCoding> known = ContentCoding.of(encoding, this::decoded);
            if (known.isEmpty()) {
                giveUp(new ProviderFault.Malformed("answer has an unknown content-encoding"));
                return;
            }
            coding = known.get();
        }
        listener.head(status, headers);
    }

    @Override
    public void piece(Buffer piece) {
        if (done) {
            return;
        }
        if (coding == null) {
            listener.data(piece);
            return;
        }
        try {
            coding.decode(piece);
        } catch (RuntimeException e) {
            giveUp(new ProviderFault.Malformed("answer is not of its content-encoding"));
        }
    }

    private void decoded(Buffer piece) {
        if (!done) {
            listener.data(piece);
        }
    }

    @Override
    public void ended(boolean reusable) {
        if (done) {
            return;
        }
        if (coding != null) {
            try {
                coding.finish();
            } catch (RuntimeException e) {
                fail(new ProviderFault.Malformed("answer is not of its content-encoding"));
                return;
            }
            if (done) {
                return;
            }
        }
        clean = reusable;
        finish();
        listener.end();
    }

    @Override
    public void broken(Throwable cause, boolean heard) {
        if (done) {
            return;
        }
        if (!heard && reusedConnection && !sentTwice && Faults.isClosed(cause)) {
            again();
            return;
        }
        fail(
                Faults.isRefusedStream(cause)
                        ? new ProviderFault.Unreachable("provider refused the HTTP/2 stream")
                        : new ProviderFault.Broken(Faults.breaking(cause, answered)));
    }

    /** A connection that had closed a moment ago: nothing went out on it. */
    @Override
    public void unsent(Throwable cause) {
        if (done) {
            return;
        }
        if (reusedConnection && !sentTwice) {
            again();
        } else {
            fail(Faults.connecting(cause));
        }
    }

    private void again() {
        sentTwice = true;
        leave();
        connect();
    }

    private void fail(ProviderFault fault) {
        if (!done) {
            finish();
            listener.failed(fault);
        }
    }

    /** The provider is still sending, but what it sends is of no use. */
    private void giveUp(ProviderFault fault) {
        if (!done) {
            cancel();
            listener.failed(fault);
        }
    }

    private void finish() {
        done = true;
        upstream.ended();
        leave();
        if (coding != null) {
            coding.close();
        }
    }

    /** Its connection is free for others, if it is in order. */
    private void leave() {
        if (connection != null) {
            ConnectionPool.Connection left = connection;
            connection = null;
            left.release(clean);
        }
    }

    @Override
    public void pause() {
        if (!done && answered && wire != null) {
            wire.pause();
        }
    }

    @Override
    public void resume() {
        if (!done && answered && wire != null) {
            wire.resume();
        }
    }

    @Override
    public void cancel() {
        if (done) {
            return;
        }
        finish();
        if (wire != null) {
            wire.reset();
        }
    }
}
