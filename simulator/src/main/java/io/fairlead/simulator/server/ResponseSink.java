package io.fairlead.simulator.server;

import io.fairlead.simulator.Header;
import io.fairlead.simulator.Playback;
import io.fairlead.simulator.SimStep;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.buffer.BufferInternal;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Writes an answer to a Vert.x response and knows when all of it has left. In HTTP/2 a cut and a
 * reset are both a reset of the stream. Confined to the connection's event loop.
 */
final class ResponseSink implements Playback.Sink {
    private static final long INTERNAL_ERROR = 2;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Consumer<ReceivedRequest.Outcome> whenOver;
    private Future<Void> lastWrite = Future.succeededFuture();

    ResponseSink(HttpServerRequest request, Consumer<ReceivedRequest.Outcome> whenOver) {
        this.request = request;
        this.response = request.response();
        this.whenOver = whenOver;
    }

    @Override
    public void head(int status, List<Header> headers, OptionalLong length) {
        response.setStatusCode(status);
        for (Header header : headers) {
            response.headers().add(header.name(), header.value());
        }
        if (length.isPresent()) {
            response.putHeader("content-length", Long.toString(length.getAsLong()));
        } else {
            response.setChunked(true);
        }
    }

    @Override
    public boolean send(SimStep.Send bytes, boolean last) {
        var buffer =
                BufferInternal.buffer(
                        Unpooled.wrappedBuffer(bytes.array(), bytes.offset(), bytes.length()));
        if (last) {
            response.end(buffer).onComplete(this::report);
            return false;
        }
        lastWrite = response.write(buffer);
        // into a closed connection one could write for ever without seeing the queue fill
        return !response.writeQueueFull() && !lastWrite.failed();
    }

    @Override
    public void flush() {
        if (!response.headWritten()) {
            lastWrite = response.writeHead();
        }
    }

    @Override
    public void end() {
        response.end().onComplete(this::report);
    }

    @Override
    public void cut() {
        close(false);
    }

    @Override
    public void reset() {
        close(true);
    }

    private void report(AsyncResult<Void> written) {
        whenOver.accept(
                written.succeeded()
                        ? ReceivedRequest.Outcome.PLAYED
                        : ReceivedRequest.Outcome.ABORTED);
    }

    private void close(boolean hard) {
        boolean headWanted = response.isChunked() || response.headers().contains("content-length");
        if (headWanted) {
            flush();
        }
        lastWrite.onComplete(_ -> {
            whenOver.accept(ReceivedRequest.Outcome.PLAYED);
            if (request.version() == HttpVersion.HTTP_2) {
                response.reset(INTERNAL_ERROR);
            } else {
                closeConnection(hard);
            }
        });
    }

    private void closeConnection(boolean hard) {
        Channel channel =
                ((HttpServerConnection) request.connection()).channelHandlerContext().channel();
        if (hard) {
            // with no time to linger, closing throws away what is unsent and sends RST
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.unsafe().close(channel.newPromise());
        } else {
            var _ = channel.close();
        }
    }
}
