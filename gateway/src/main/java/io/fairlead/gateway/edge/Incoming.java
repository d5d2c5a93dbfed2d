package io.fairlead.gateway.edge;

import io.fairlead.gateway.pipeline.ClientRequest;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.error.ErrorShapes.Shape;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A request on its way in: counts its body against the limits and fails it when it is too large or
 * comes too slowly. Confined to its event loop.
 */
final class Incoming implements ClientRequest {
    /** After the first {@code body} timeout, bytes a second that a client must keep up. */
    private static final long LEAST_BYTES_PER_SECOND = 256;

    private final HttpServerRequest request;
    private final String id;
    private final RequestPath target;
    private final Instant receivedAt;
    private final long receivedNanos;
    private final long maxBody;
    private final long contentLength;
    private final boolean awaitsContinue;
    private Route.@Nullable Data route;
    private @Nullable BodySink sink;
    private long received;
    private long receivedBefore;
    private long readSince;
    private long lastPieceNanos;
    private boolean paused;
    private boolean complete;

    Incoming(
            HttpServerRequest request,
            String id,
            RequestPath target,
            Instant receivedAt,
            long receivedNanos,
            long maxBody) {
        this.request = request;
        this.id = id;
        this.target = target;
        this.receivedAt = receivedAt;
        this.receivedNanos = receivedNanos;
        this.maxBody = maxBody;
        this.contentLength = declaredLength(request);
        this.awaitsContinue =
                request.version() != HttpVersion.HTTP_1_0
                        && "100-continue".equalsIgnoreCase(request.getHeader("expect"));
    }

    private static long declaredLength(HttpServerRequest request) {
        String header = request.getHeader("content-length");
        if (header == null) {
            return -1;
        }
        try {
            return Long.parseLong(header);
        } catch (NumberFormatException _) {
            return Long.MAX_VALUE; // Netty has refused what is no number: this one is too large
        }
    }

    void leadTo(Route.Data data) {
        route = data;
    }

    HttpServerRequest http() {
        return request;
    }

    RequestPath target() {
        return target;
    }

    /** Whether the client waits for leave to send its body, which it has not got. */
    boolean awaitsContinue() {
        return awaitsContinue && sink == null;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Endpoint endpoint() {
        return data().endpoint();
    }

    @Override
    public boolean openRouterForm() {
        return target.path().startsWith(Routes.OPENROUTER);
    }

    @Override
    public Shape errorShape() {
        return data().shape();
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String remainder() {
        return data().remainder();
    }

    @Override
    public String query() {
        return target.query();
    }

    @Override
    public @Nullable String header(String name) {
        return request.headers().get(name);
    }

    @Override
    public void headers(BiConsumer<String, String> visitor) {
        for (Map.Entry<String, String> header : request.headers()) {
            visitor.accept(header.getKey(), header.getValue());
        }
    }

    @Override
    public String peerAddress() {
        return request.connection().remoteAddress().hostAddress();
    }

    @Override
    public long receivedNanos() {
        return receivedNanos;
    }

    @Override
    public Instant receivedAt() {
        return receivedAt;
    }

    @Override
    public long contentLength() {
        return contentLength;
    }

    @Override
    public void read(BodySink into) {
        if (contentLength > maxBody) {
            into.failed(tooLarge());
            return;
        }
        if (awaitsContinue()) {
            request.response().writeContinue();
        }
        sink = into;
        readSince = System.nanoTime();
        lastPieceNanos = readSince;
        request.handler(this::piece);
        request.endHandler(_ -> end());
        request.exceptionHandler(this::fail);
        request.resume();
    }

    @Override
    public void pause() {
        if (!complete) {
            paused = true;
            request.pause();
        }
    }

    @Override
    public void resume() {
        if (!complete) {
            paused = false;
            // a pause of ours is not the client's slowness
            readSince = System.nanoTime();
            lastPieceNanos = readSince;
            receivedBefore = received;
            request.resume();
        }
    }

    private void piece(Buffer piece) {
        BodySink to = sink;
        if (to == null || complete) {
            return;
        }
        received += piece.length();
        if (received > maxBody) {
            fail(tooLarge());
            return;
        }
        lastPieceNanos = System.nanoTime();
        to.data(piece);
    }

    private void end() {
        if (!complete && sink != null) {
            complete = true;
            sink.end();
        }
    }

    /** Tells the sink that no body will come, once. */
    void fail(Throwable cause) {
        if (!complete && sink != null) {
            complete = true;
            sink.failed(cause);
        }
    }

    /** Fails a body that does not come, or comes drop by drop. */
    void sweep(long now, Duration longestSilence) {
        if (sink == null || complete || paused) {
            return;
        }
        long reading = now - readSince - longestSilence.toNanos();
        boolean silent = now - lastPieceNanos > longestSilence.toNanos();
        boolean dripping =
                reading > 0
                        && received - receivedBefore
                                < reading / 1_000_000_000 * LEAST_BYTES_PER_SECOND;
        if (silent || dripping) {
            fail(
                    new GatewayException(
                            ErrorCode.REQUEST_TIMEOUT,
                            "The request body came too slowly: "
                                    + received
                                    + " bytes in "
                                    + (now - receivedNanos) / 1_000_000_000
                                    + " s."));
        }
    }

    /** Makes a WebSocket of it, at once or later: there is no body. */
    Future<ServerWebSocket> upgrade() {
        complete = true;
        return request.toWebSocket();
    }

    /** Keeps the body in the socket when nobody has asked for it yet. */
    void holdUnread() {
        if (sink == null && !complete && !request.isEnded()) {
            request.pause();
        }
    }

    /** Reads what is left of a body that nobody wants. */
    void discard(long most, Runnable tooMuch, Runnable ended) {
        complete = true;
        long[] left = {most};
        request.handler(piece -> {
            left[0] -= piece.length();
            if (left[0] < 0) {
                tooMuch.run();
            }
        });
        request.endHandler(_ -> ended.run());
        request.exceptionHandler(_ -> ended.run());
        request.resume();
    }

    private GatewayException tooLarge() {
        return new GatewayException(
                ErrorCode.REQUEST_TOO_LARGE,
                "The request body is larger than " + maxBody + " bytes (server.max_body).");
    }

    private Route.Data data() {
        if (route == null) {
            throw new IllegalStateException("no route yet");
        }
        return route;
    }
}
