package io.fairlead.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.impl.UnpooledHttpClientConnection;
import io.vertx.core.internal.ContextInternal;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * One HTTP/1.1 connection, one request after the other on it. It takes the place of the codec that
 * Vert.x puts on the connections it makes: a request is one write, and a read one call for its head
 * and one for its body. Confined to its event loop.
 */
final class Http1Wire extends ChannelInboundHandlerAdapter implements Wire {
    private static final String CODEC = "codec";
    private static final byte[] NOTHING = {};

    /** Room for the head of a request; it grows when that is not enough. */
    private static final int HEAD_BYTES = 1024;

    /** A body up to this size goes out with its head; a larger one as fast as it is taken. */
    private static final int SLICE_BYTES = 64 * 1024;

    private final ContextInternal loop;
    private final String authority;
    private final ChannelHandlerContext channel;
    private final Http1Answer answer = new Http1Answer();
    private @Nullable Listener listener;
    private boolean heard;
    private boolean paused;

    /** What is left to send of the body. */
    private byte[] body = NOTHING;

    private int bodyAt;
    private int bodyEnd;

    private Http1Wire(ContextInternal loop, String authority, ChannelHandlerContext vertx) {
        this.loop = loop;
        this.authority = authority;
        vertx.pipeline().replace(CODEC, "fairlead", this);
        this.channel = vertx.pipeline().context(this);
    }

    /**
     * Takes a connection over that Vert.x made, and on which nothing was sent yet.
     *
     * @param authority host and port, as requests shall name them
     */
    static Http1Wire on(HttpClientConnection made, String authority) {
        if (made instanceof UnpooledHttpClientConnection outer) {
            var connection = outer.unwrap();
            return new Http1Wire(
                    connection.context(), authority, connection.channelHandlerContext());
        }
        throw new IllegalArgumentException(
                made.getClass() + " (expected: a connection made for one user)");
    }

    @Override
    public void send(UpstreamRequest request, Listener by) {
        int bytes = request.body() == null ? -1 : request.body().length();
        boolean whole = bytes <= SLICE_BYTES;
        ByteBuf head = channel.alloc().directBuffer(HEAD_BYTES + (whole ? bytes + 1 : 0));
        try {
            Http1Head.write(
                    head,
                    authority,
                    request.method(),
                    request.target(),
                    SentHeaders.of(request),
                    bytes);
        } catch (IllegalArgumentException e) {
            head.release();
            by.unsent(e);
            return;
        }
        listener = by;
        if (!by.sending()) {
            head.release();
            return;
        }
        answer.begin(request.method().equals("HEAD"));
        heard = false;
        if (request.body() != null) {
            byte[] array = Buffers.array(request.body());
            int from = Buffers.offset(request.body());
            if (whole) {
                head.writeBytes(array, from, bytes);
            } else {
                body = array;
                bodyAt = from;
                bodyEnd = from + bytes;
            }
        }
        write(head);
        writeBody();
        channel.flush();
    }

    private void writeBody() {
        while (bodyAt < bodyEnd && channel.channel().isWritable()) {
            int from = bodyAt;
            bodyAt = Math.min(from + SLICE_BYTES, bodyEnd); // before the write, which may lead here
            write(Unpooled.wrappedBuffer(body, from, bodyAt - from));
        }
        if (bodyAt == bodyEnd) {
            body = NOTHING;
            bodyAt = 0;
            bodyEnd = 0;
        }
    }

    /** What can't be written comes back as an exception caught. */
    private void write(ByteBuf bytes) {
        var _ = channel.write(bytes, channel.voidPromise());
    }

    /** The end comes back as a channel that is not active. */
    private void close() {
        var _ = channel.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (bodyAt < bodyEnd && channel.channel().isWritable()) {
            writeBody();
            channel.flush();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        byte[] bytes = new byte[in.readableBytes()];
        in.readBytes(bytes);
        in.release();
        if (listener == null) {
            close(); // nobody asked for that
            return;
        }
        heard = true;
        answer.feed(bytes);
        ContextInternal before = loop.beginDispatch();
        try {
            tell(listener, bytes);
        } finally {
            loop.endDispatch(before);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        // Vert.x has read nothing that could be complete
    }

    private void tell(Listener to, byte[] bytes) {
        if (answer.headCame()) {
            to.head(answer.status(), answer.headers());
        }
        if (listener != null && answer.bodyFrom() < answer.bodyTo()) {
            to.piece(piece(bytes, answer.bodyFrom(), answer.bodyTo()));
        }
        if (listener == null) {
            return; // it gave up at the head, or at the piece
        }
        if (answer.fault() != null) {
            breaks(new MalformedAnswerException(answer.fault()));
        } else if (answer.ended()) {
            ends(to);
        }
    }

    /** A small part of what was read must not keep all of it in memory. */
    private static Buffer piece(byte[] bytes, int from, int to) {
        return 2 * (to - from) < bytes.length
                ? Buffers.wrap(Arrays.copyOfRange(bytes, from, to))
                : Buffers.wrap(bytes, from, to - from);
    }

    private void ends(Listener to) {
        boolean reusable = answer.reusable() && allWritten();
        listener = null;
        if (!reusable) {
            close();
        } else if (paused) {
            read(true); // a free connection is read, to see its end
        }
        to.ended(reusable);
    }

    /** A provider may answer before it has taken the whole body, and never take the rest. */
    private boolean allWritten() {
        ChannelOutboundBuffer waiting = channel.channel().unsafe().outboundBuffer();
        return bodyAt == bodyEnd && (waiting == null || waiting.isEmpty());
    }

    private void breaks(Throwable cause) {
        Listener to = listener;
        listener = null;
        close();
        if (to != null) {
            to.broken(cause, heard);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ContextInternal before = loop.beginDispatch();
        try {
            breaks(cause);
        } finally {
            loop.endDispatch(before);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ContextInternal before = loop.beginDispatch();
        try {
            if (listener != null && answer.endsWithConnection()) {
                ends(listener);
            } else {
                breaks(new HttpClosedException("Connection was closed"));
            }
        } finally {
            loop.endDispatch(before);
        }
        context.fireChannelInactive();
    }

    @Override
    public void pause() {
        read(false);
    }

    @Override
    public void resume() {
        read(true);
    }

    private void read(boolean on) {
        paused = !on;
        channel.channel().config().setAutoRead(on);
    }

    @Override
    public void reset() {
        listener = null;
        close();
    }
}
