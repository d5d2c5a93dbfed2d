package io.fairlead.gateway.edge;

import io.fairlead.gateway.config.ServerConfig.Limits;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;

/** A client's connection as the sweep sees it. Confined to its event loop. */
final class OpenConnection {
    private final HttpConnection connection;
    private int active;
    private boolean used;
    private long quietSince;
    private boolean closing;

    OpenConnection(HttpConnection connection, long now) {
        this.connection = connection;
        this.quietSince = now;
        stopIdleTimer(connection);
    }

    /**
     * Netty's timer guards a connection until its first head is complete, when nothing else knows
     * of it. From then on silence can be right (a provider thinks), so the sweep decides.
     */
    private static void stopIdleTimer(HttpConnection connection) {
        if (connection instanceof HttpServerConnection server) {
            ChannelPipeline pipeline = server.channelHandlerContext().pipeline();
            if (pipeline.get("idle") != null) {
                pipeline.remove("idle");
            }
        }
    }

    void began() {
        active++;
        used = true;
    }

    void ended(long now) {
        active--;
        quietSince = now;
    }

    /** Closes the connection when it has been without a request for too long. */
    void sweep(long now, Limits limits) {
        if (active > 0 || closing) {
            return;
        }
        long quiet = now - quietSince;
        if (quiet > (used ? limits.idle() : limits.header()).toNanos()) {
            close();
        }
    }

    void close() {
        closing = true;
        connection.close();
    }

    boolean multiplexed() {
        return connection.protocolVersion() == HttpVersion.HTTP_2;
    }
}
