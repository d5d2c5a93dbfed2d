package io.fairlead.gateway.upstream;

import io.fairlead.kernel.ProviderFault;
import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/**
 * One attempt over HTTP. A request that meets a connection which the provider had just closed in
 * the pool (it was used before, and not one byte came back) is sent once more on another one.
 * Confined to its event loop.
 */
final class HttpCall implements UpstreamCall, ConnectionPool.Call {
    private final HttpUpstream upstream;
    private final UpstreamRequest request;
    private final UpstreamListener listener;

    /** Needed until the answer begins; then no more, and it may be large. */
    private @Nullable Buffer body;

    private @Nullable HttpClientRequest sent;
    private @Nullable HttpClientResponse answer;
    private @Nullable ContentCoding coding;
    private ConnectionPool.@Nullable Connection connection;
    private boolean reusedConnection;

    /** The provider closes the connection after this answer. */
    private boolean last;

    /** The answer is whole, and the connection in order. */
    private boolean clean;

    private boolean sentTwice;

    /**
     * Nothing more is said to the listener, and nothing more is done to the connection: it may
     * already serve another request (eclipse-vertx/vert.x#6294).
     */
    private boolean done;

    HttpCall(HttpUpstream upstream, UpstreamRequest request, UpstreamListener listener) {
        this.upstream = upstream;
        this.request = request;
        this.listener = listener;
        this.body = request.body();
    }

    @Override
    public void start() {
        upstream.began();
        connect();
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
        free.http()
                .request(
                        new RequestOptions()
                                .setMethod(HttpMethod.valueOf(request.method()))
                                .setURI(request.target())
                                .setFollowRedirects(false))
                .onComplete(this::ready);
    }

    private void ready(AsyncResult<HttpClientRequest> result) {
        if (result.failed()) {
            unsent(result.cause());
            return;
        }
        HttpClientRequest out = result.result();
        if (done) {
            out.reset();
            return;
        }
        sent = out;
        MultiMap headers = out.headers();
        request.headers().writeTo(headers);
        headers.set("accept-encoding", "identity");
        Credentials.put(request.deployment(), request.key(), headers);
        out.exceptionHandler(cause -> broken(out, cause));
        out.response()
                .onComplete(head -> {
                    if (head.succeeded()) {
                        answered(head.result());
                    } else {
                        broken(out, head.cause());
                    }
                });
        if (!sentTwice) {
            listener.sent();
        }
        if (done) {
            return;
        }
        if (body == null) {
            out.end();
        } else {
            out.end(body);
        }
    }

    private void answered(HttpClientResponse response) {
        if (done) {
            return;
        }
        answer = response;
        body = null;
        response.exceptionHandler(
                cause -> fail(new ProviderFault.Broken(Faults.breaking(cause, true))));
        response.handler(this::piece);
        response.endHandler(_ -> ended());
        last = "close".equalsIgnoreCase(response.getHeader("connection"));
        String kept = response.getHeader("keep-alive");
        if (kept != null && connection != null) {
            KeepAlive.timeout(kept).ifPresent(connection::keptFor);
        }
        String encoding = response.getHeader("content-encoding");
        if (encoding != null && !ContentCoding.isIdentity(encoding)) {
            Optional<ContentCoding> known = ContentCoding.of(encoding, this::decoded);
            if (known.isEmpty()) {
                giveUp(new ProviderFault.Malformed("answer has an unknown content-encoding"));
                return;
            }
            coding = known.get();
        }
        listener.head(response.statusCode(), response.headers());
    }

    private void piece(Buffer piece) {
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

    private void ended() {
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
        clean = !last;
        finish();
        listener.end();
    }

    private void broken(HttpClientRequest out, Throwable cause) {
        if (done || !out.equals(sent)) {
            return;
        }
        if (answer == null && reusedConnection && !sentTwice && Faults.isClosed(cause)) {
            again();
            return;
        }
        fail(
                Faults.isRefusedStream(cause)
                        ? new ProviderFault.Unreachable("provider refused the HTTP/2 stream")
                        : new ProviderFault.Broken(Faults.breaking(cause, answer != null)));
    }

    /** A connection that had closed a moment ago: nothing went out on it. */
    private void unsent(Throwable cause) {
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
        if (!done && answer != null) {
            answer.pause();
        }
    }

    @Override
    public void resume() {
        if (!done && answer != null) {
            answer.resume();
        }
    }

    @Override
    public void cancel() {
        if (done) {
            return;
        }
        finish();
        if (sent != null) {
            sent.reset();
        }
    }
}
