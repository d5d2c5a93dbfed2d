package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.error.ErrorShapes.Shape;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.function.BiConsumer;

/** The smallest edge there can be: a Vert.x request as the pipeline sees it. */
final class VertxClient implements ClientRequest, ClientResponse {
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final String id;
    private final Endpoint endpoint;
    private final String remainder;
    private final long receivedNanos = System.nanoTime();
    private boolean ended;
    private boolean closed;

    VertxClient(HttpServerRequest request, String id, Endpoint endpoint, String remainder) {
        this.request = request;
        this.response = request.response();
        this.id = id;
        this.endpoint = endpoint;
        this.remainder = remainder;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public boolean openRouterForm() {
        return java.util.Objects.requireNonNull(request.path()).startsWith("/api/v1");
    }

    @Override
    public Shape errorShape() {
        return io.fairlead.protocol.error.ErrorShapes.Shape.of(endpoint);
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String remainder() {
        return remainder;
    }

    @Override
    public String query() {
        return request.query() == null ? "" : request.query();
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    @Override
    public void headers(BiConsumer<String, String> visitor) {
        request.headers().forEach(visitor);
    }

    @Override
    public String peerAddress() {
        return request.remoteAddress().hostAddress();
    }

    @Override
    public long receivedNanos() {
        return receivedNanos;
    }

    @Override
    public Instant receivedAt() {
        return Instant.EPOCH;
    }

    @Override
    public long contentLength() {
        String length = request.getHeader("content-length");
        return length == null ? -1 : Long.parseLong(length);
    }

    @Override
    public void read(BodySink sink) {
        request.handler(sink::data);
        request.endHandler(_ -> sink.end());
        request.exceptionHandler(sink::failed);
        request.resume();
    }

    @Override
    public void pause() {
        request.pause();
    }

    @Override
    public void resume() {
        request.resume();
    }

    @Override
    public void status(int status) {
        response.setStatusCode(status);
    }

    @Override
    public MultiMap headers() {
        return response.headers();
    }

    @Override
    public void sendHead() {
        response.setChunked(true);
        response.writeHead();
    }

    @Override
    public boolean headSent() {
        return response.headWritten();
    }

    @Override
    public void write(Buffer piece) {
        if (!closed && !ended) {
            if (!response.headWritten()) {
                response.setChunked(true);
            }
            response.write(piece);
        }
    }

    @Override
    public void end(Buffer last) {
        if (!closed && !ended) {
            ended = true;
            response.end(last);
        }
    }

    @Override
    public void end() {
        if (!closed && !ended) {
            ended = true;
            response.end();
        }
    }

    @Override
    public boolean writeQueueFull() {
        return !closed && response.writeQueueFull();
    }

    @Override
    public void onDrain(Runnable drained) {
        response.drainHandler(_ -> drained.run());
    }

    @Override
    public void onClose(Runnable whenClosed) {
        response.closeHandler(_ -> {
            closed = true;
            if (!ended) {
                whenClosed.run();
            }
        });
        response.exceptionHandler(_ -> {});
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void reset() {
        if (!ended && !closed) {
            ended = true;
            request.connection().close();
        }
    }
}
