package io.fairlead.gateway.edge;

import io.fairlead.gateway.config.ServerConfig.Limits;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;

/** A client's connection as the sweep sees it. Confined to its event loop. */
final class OpenConnection {
    private final HttpConnection connection;
    private int active;
    private boolean used;
    private long quietSince;
    private boolean closing;

    /**
     * @param accepted when the connection was accepted
     */
    OpenConnection(HttpConnection connection, long accepted) {
        this.connection = connection;
        this.quietSince = accepted;
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
