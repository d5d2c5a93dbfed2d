package io.fairlead.gateway.edge;

import io.fairlead.gateway.pipeline.ClientResponse;
import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

import org.jspecify.annotations.Nullable;

/**
 * An answer on its way out: notices when the client leaves and when it stops reading. Confined to
 * its event loop.
 */
final class Outgoing implements ClientResponse {
    private final HttpServerResponse response;
    private final OpenConnection connection;
    private final HttpVersion version;
    private final Runnable finished;
    private @Nullable Runnable onClose;
    private boolean ended;
    private boolean gone;
    private boolean done;
    private boolean last;
    private long stalledSince;
    private long bytesWhenStalled;

    /** {@code finished} runs once, when the answer is written out or the client is gone. */
    Outgoing(
            HttpServerResponse response,
            HttpVersion version,
            OpenConnection connection,
            Runnable finished) {
        this.response = response;
        this.version = version;
        this.connection = connection;
        this.finished = finished;
        response.closeHandler(_ -> closed());
        response.exceptionHandler(_ -> closed());
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
        if (open() && !response.headWritten()) {
            chunked();
            response.writeHead().onFailure(_ -> closed());
        }
    }

    @Override
    public boolean headSent() {
        return response.headWritten();
    }

    @Override
    public void write(Buffer piece) {
        if (open()) {
            if (!response.headWritten()) {
                chunked();
            }
            response.write(piece);
        }
    }

    @Override
    public void end(Buffer last) {
        if (open()) {
            ended = true;
            response.end(last).onComplete(this::written);
        }
    }

    @Override
    public void end() {
        if (open()) {
            ended = true;
            response.end().onComplete(this::written);
        }
    }

    @Override
    public boolean writeQueueFull() {
        return !gone && response.writeQueueFull();
    }

    @Override
    public void onDrain(Runnable drained) {
        response.drainHandler(_ -> drained.run());
    }

    @Override
    public void onClose(Runnable closed) {
        onClose = closed;
        if (gone && !ended) {
            tellClosed();
        }
    }

    @Override
    public boolean isClosed() {
        return gone || response.closed();
    }

    @Override
    public void reset() {
        if (!gone && !ended) {
            ended = true;
            cut();
            finish();
        }
    }

    /** This is the last answer of its connection, and says so. */
    void closeAfter() {
        last = true;
        response.headers().set("connection", "close");
    }

    /** Whether nothing more can reach the client. */
    boolean isGone() {
        return gone;
    }

    /** Gives the connection (or the HTTP/2 stream) up after the answer went out. */
    void abandon() {
        gone = true;
        cut();
    }

    private void cut() {
        if (connection.multiplexed()) {
            response.reset();
        } else {
            connection.close();
        }
    }

    private void chunked() {
        if (version == HttpVersion.HTTP_1_1 && !response.headers().contains("content-length")) {
            response.setChunked(true);
        }
    }

    private boolean open() {
        return !ended && !gone;
    }

    private void written(AsyncResult<Void> result) {
        if (result.failed()) {
            gone = true;
        }
        finish();
        if (last && !gone && !connection.multiplexed()) {
            connection.close();
        }
    }

    private void closed() {
        if (gone) {
            return;
        }
        gone = true;
        if (!ended) {
            tellClosed();
        }
        finish();
    }

    private void tellClosed() {
        Runnable tell = onClose;
        onClose = null;
        if (tell != null) {
            tell.run();
        }
    }

    private void finish() {
        if (!done) {
            done = true;
            finished.run();
        }
    }

    /** Cuts a client that has taken nothing for {@code longestNanos} while bytes wait for it. */
    void sweep(long now, long longestNanos) {
        if (done || !response.headWritten() || !(ended || response.writeQueueFull())) {
            stalledSince = 0;
            return;
        }
        long written = response.bytesWritten();
        if (stalledSince == 0 || written != bytesWhenStalled) {
            stalledSince = now;
            bytesWhenStalled = written;
        } else if (now - stalledSince > longestNanos) {
            cut();
            closed();
        }
    }
}
