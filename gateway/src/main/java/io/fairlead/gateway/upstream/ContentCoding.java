package io.fairlead.gateway.upstream;

import com.aayushatharva.brotli4j.Brotli4jLoader;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.BrotliDecoder;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZlibWrapper;
import io.netty.handler.codec.compression.ZstdDecoder;
import io.vertx.core.buffer.Buffer;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Undoes one {@code content-encoding} (gzip, deflate, br, zstd) piece by piece. A bomb is stopped:
 * one piece may not become more than {@value #MAX_OUTPUT_PER_PIECE} bytes. Used by one body, on one
 * thread; {@link #close} must be called.
 */
public final class ContentCoding implements AutoCloseable {
    static final int MAX_OUTPUT_PER_PIECE = 32 << 20;

    private final EmbeddedChannel channel;
    private final Outlet outlet;
    private boolean decoding;
    private boolean closed;

    private ContentCoding(ChannelHandler decoder, Consumer<Buffer> decoded) {
        this.outlet = new Outlet(decoded);
        this.channel = new EmbeddedChannel(decoder, outlet);
    }

    /** The encoding means nothing has to be undone. */
    public static boolean isIdentity(String encoding) {
        String name = encoding.strip();
        return name.isEmpty() || name.equalsIgnoreCase("identity");
    }

    /** A decoder for {@code encoding}; empty when it is unknown or a list of several. */
    public static Optional<ContentCoding> of(String encoding, Consumer<Buffer> decoded) {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" ->
                    Optional.of(
                            new ContentCoding(new JdkZlibDecoder(ZlibWrapper.GZIP, 0), decoded));
            case "deflate" ->
                    Optional.of(
                            new ContentCoding(
                                    new JdkZlibDecoder(ZlibWrapper.ZLIB_OR_NONE, 0), decoded));
            case "br" ->
                    Brotli4jLoader.isAvailable()
                            ? Optional.of(new ContentCoding(new BrotliDecoder(), decoded))
                            : Optional.empty();
            case "zstd" -> Optional.of(new ContentCoding(new ZstdDecoder(), decoded));
            default -> Optional.empty();
        };
    }

    /**
     * Decodes a piece; what comes out goes to the consumer before this returns.
     *
     * @throws RuntimeException when the bytes are not of this encoding, or a bomb
     */
    public void decode(Buffer piece) {
        outlet.given = 0;
        decoding = true;
        try {
            channel.writeInbound(Unpooled.wrappedBuffer(piece.getBytes()));
            channel.checkException();
        } finally {
            leave();
        }
    }

    /** Says that the body is complete and hands over the rest. */
    public void finish() {
        decoding = true;
        try {
            channel.finish();
            channel.checkException();
        } finally {
            leave();
        }
    }

    /** Nothing more comes out; may be called by the consumer itself. */
    @Override
    public void close() {
        closed = true;
        outlet.closed = true;
        if (!decoding) {
            channel.finishAndReleaseAll();
        }
    }

    private void leave() {
        decoding = false;
        if (closed) {
            channel.finishAndReleaseAll();
        }
    }

    /** Takes what the decoder gives, at once, so that nothing gathers in the channel. */
    private static final class Outlet extends ChannelInboundHandlerAdapter {
        private final Consumer<Buffer> decoded;
        private long given;
        private boolean closed;

        private Outlet(Consumer<Buffer> decoded) {
            this.decoded = decoded;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            try {
                if (closed) {
                    return;
                }
                given += bytes.readableBytes();
                if (given > MAX_OUTPUT_PER_PIECE) {
                    throw new IllegalStateException("compressed body grows beyond all measure");
                }
                byte[] copy = new byte[bytes.readableBytes()];
                bytes.readBytes(copy);
                decoded.accept(Buffers.wrap(copy));
            } finally {
                bytes.release();
            }
        }
    }
}
