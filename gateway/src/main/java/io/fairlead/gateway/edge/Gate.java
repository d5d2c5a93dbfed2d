package io.fairlead.gateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.internal.VertxInternal;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Sees the connections of clients from the moment they are accepted. Vert.x tells of a connection
 * only when a first request is complete on it; until then it would be counted by nobody, and could
 * be kept open for ever by a byte now and then. Thread-safe.
 */
@Sharable
public final class Gate extends ChannelInboundHandlerAdapter {
    /** Connections on which no request was complete yet, and when they were accepted. */
    private final ConcurrentMap<Channel, Long> silent = new ConcurrentHashMap<>();

    private volatile @Nullable EdgeState state;

    private Gate() {}

    /** Event loops whose listeners have a gate; {@link EdgeServer} needs such ones. */
    public static Vertx vertx(VertxOptions options) {
        // Vertx.builder() would look for services on the class path, and so open every jar
        return VertxBootstrap.create()
                .options(options)
                .transport(GatedTransport.of(new Gate(), options.getPreferNativeTransport()))
                .serviceProviders(List.of())
                .verticleFactories(List.of())
                .init()
                .vertx();
    }

    static Gate of(Vertx vertx) {
        if (((VertxInternal) vertx).transport() instanceof GatedTransport gated) {
            return gated.gate();
        }
        throw new IllegalArgumentException("event loops without a gate (expected: Gate.vertx)");
    }

    /** From now on connections count here. */
    void open(EdgeState newState) {
        state = newState;
    }

    /** A connection was accepted; it is refused when all places are taken. */
    @Override
    public void channelRead(ChannelHandlerContext listener, Object message) {
        Channel client = (Channel) message;
        EdgeState counts = state;
        if (counts != null) {
            if (!counts.connected()) {
                client.unsafe().closeForcibly();
                return;
            }
            silent.put(client, System.nanoTime());
            client.closeFuture()
                    .addListener(_ -> {
                        silent.remove(client);
                        counts.disconnected();
                    });
        }
        listener.fireChannelRead(message);
    }

    /** Vert.x knows of the connection; says when it was accepted. */
    long heard(Channel client) {
        Long accepted = silent.remove(client);
        return accepted == null ? System.nanoTime() : accepted;
    }

    /** Closes connections that have been silent, or dripping, for longer than {@code longest}. */
    void sweep(long now, Duration longest) {
        silent.forEach((client, accepted) -> {
            if (now - accepted > longest.toNanos()) {
                var _ = client.close();
            }
        });
    }
}
