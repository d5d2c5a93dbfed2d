package io.fairlead.gateway.upstream;

import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The connections of one event loop to one address of a provider. A call takes the connection that
 * was free last, or one of HTTP/2 that has room, or a new one; when there are as many as there may
 * be, it waits in turn. A name is resolved anew for each connection. Confined to its event loop.
 */
final class ConnectionPool {
    /** One call's wish for a connection. */
    interface Call {
        /** Whether it still wants one. */
        boolean waits();

        void connected(Connection connection);

        void failed(Throwable cause);

        Duration connectTimeout();
    }

    private static final int MOST_MULTIPLEXED = 64;

    private final HttpClientAgent client;
    private final HttpConnectOptions address;
    private final PoolLimits limits;
    private final Pools.Pool counts;

    /** Without a request, the last to become so at the end. */
    private final ArrayDeque<Connection> free = new ArrayDeque<>();

    /** Of HTTP/2, with requests and room for more of them. */
    private final List<Connection> shared = new ArrayList<>();

    private final ArrayDeque<Call> waiting = new ArrayDeque<>();
    private final boolean plain;
    private final String authority;
    private boolean multiplexed;
    private int connecting;
    private int open;
    private boolean closed;

    ConnectionPool(
            HttpClientAgent client,
            HttpConnectOptions address,
            PoolLimits limits,
            Pools.Pool counts) {
        this.client = client;
        this.address = address;
        this.limits = limits;
        this.counts = counts;
        this.plain = !Boolean.TRUE.equals(address.isSsl());
        this.authority = HostAndPort.create(address.getHost(), address.getPort()).toString(!plain);
    }

    /** Gives {@code call} a connection, at once if there is a free one. */
    void take(Call call) {
        Connection connection = shared.isEmpty() ? freshest() : shared.getLast();
        if (connection != null) {
            connection.lease();
            call.connected(connection);
        } else if (mayConnect()) {
            connect(call);
        } else if (waiting.size() < limits.waiting()) {
            waiting.add(call);
            counts.waiting(1);
        } else {
            call.failed(
                    new ConnectionPoolTooBusyException(
                            limits.waiting() + " requests wait for a connection already"));
        }
    }

    /** The one that was free last, if the provider still keeps it. */
    private @Nullable Connection freshest() {
        Connection connection = free.pollLast();
        while (connection != null && connection.lapses && connection.stale(System.nanoTime())) {
            connection.retire();
            connection = free.pollLast();
        }
        return connection;
    }

    /**
     * One of HTTP/2 serves many, so the next one is made when those there are have no room. Until
     * the first one is there, it may become such a one.
     */
    private boolean mayConnect() {
        boolean one = multiplexed || (open == 0 && !plain);
        return one
                ? connecting == 0 && open < Math.min(MOST_MULTIPLEXED, limits.connections())
                : open + connecting < limits.connections();
    }

    private void connect(Call call) {
        connecting++;
        counts.waiting(1);
        client.connect(
                        new HttpConnectOptions(address)
                                .setConnectTimeout(Math.max(1, call.connectTimeout().toMillis())))
                .onComplete(result -> {
                    connecting--;
                    counts.waiting(-1);
                    if (result.succeeded()) {
                        connected(result.result(), call);
                    } else {
                        call.failed(result.cause());
                        serveNext();
                    }
                });
    }

    private void connected(HttpClientConnection made, Call call) {
        if (closed) {
            made.close();
            call.failed(stops());
            return;
        }
        Connection connection = new Connection(made, System.nanoTime());
        multiplexed = connection.multiplexed;
        open++;
        counts.connections(1);
        counts.idle(1);
        made.closeHandler(_ -> connection.gone());
        if (connection.multiplexed) {
            made.goAwayHandler(_ -> connection.retire());
            made.shutdownHandler(_ -> connection.retire());
        }
        if (call.waits()) {
            connection.lease();
            call.connected(connection);
        } else {
            free.addLast(connection);
        }
        serveNext();
    }

    /** Those that wait, as far as there is something to give. */
    private void serveNext() {
        while (!waiting.isEmpty() && (!free.isEmpty() || !shared.isEmpty() || mayConnect())) {
            Call next = waiting.remove();
            counts.waiting(-1);
            if (next.waits()) {
                take(next);
            }
        }
    }

    /** Closes what has been free for too long, or is too old. Called now and then. */
    void sweep(long now) {
        for (Connection connection : List.copyOf(free)) {
            if (connection.stale(now) || connection.old(now)) {
                connection.retire();
            }
        }
    }

    void close() {
        closed = true;
        for (Call call = waiting.poll(); call != null; call = waiting.poll()) {
            counts.waiting(-1);
            if (call.waits()) {
                call.failed(stops());
            }
        }
        for (Connection connection : List.copyOf(free)) {
            connection.retire();
        }
    }

    private static ConnectionPoolTooBusyException stops() {
        return new ConnectionPoolTooBusyException("the gateway stops");
    }

    /** A connection and the requests on it. Confined to its event loop. */
    final class Connection {
        private final HttpClientConnection connection;
        private final boolean multiplexed;
        private final @Nullable Http1Wire http1;
        private final long madeNanos;
        private long freeSince;
        private long keptNanos = limits.keepAlive().toNanos();

        /** The provider closes it sooner than we would. */
        private boolean lapses;

        private int requests;
        private boolean used;
        private boolean retired;
        private boolean gone;

        private Connection(HttpClientConnection connection, long now) {
            this.connection = connection;
            this.multiplexed = connection.protocolVersion() == HttpVersion.HTTP_2;
            this.http1 = multiplexed ? null : Http1Wire.on(connection, authority);
            this.madeNanos = now;
            this.freeSince = now;
        }

        /** What a request is sent over that has this connection. */
        Wire wire() {
            return http1 == null ? new Http2Wire(connection) : http1;
        }

        /** Whether another request was on it before: it may have gone stale since. */
        boolean used() {
            return used;
        }

        /** The provider says for how long it keeps the connection when it is free. */
        void keptFor(Duration said) {
            // a request that is on its way when the time is over would meet a closed connection
            long nanos = Math.max(0, said.minusSeconds(1).toNanos());
            if (nanos < keptNanos) {
                keptNanos = nanos;
                lapses = true;
            }
        }

        private boolean stale(long now) {
            return now - freeSince > keptNanos;
        }

        private boolean old(long now) {
            return now - madeNanos > limits.lifetime().toNanos();
        }

        private void lease() {
            if (requests++ == 0) {
                counts.idle(-1);
            }
            if (multiplexed) {
                share();
            }
        }

        /**
         * A request is over.
         *
         * @param clean whether it ended with its answer, so that the connection is in order
         */
        void release(boolean clean) {
            used = true;
            if (--requests == 0 && !gone) {
                counts.idle(1);
            }
            if (gone) {
                return;
            }
            long now = System.nanoTime();
            if (closed || (!clean && !multiplexed) || old(now)) {
                retired = true;
            }
            if (multiplexed) {
                share();
            }
            if (requests == 0) {
                if (retired) {
                    connection.close();
                } else {
                    freeSince = now;
                    free.addLast(this);
                }
            }
            serveNext();
        }

        /** It is among the shared ones exactly while it has requests and room. */
        private void share() {
            shared.remove(this);
            if (requests > 0 && !retired && !gone && requests < connection.maxActiveStreams()) {
                shared.add(this);
            }
        }

        /** Takes no more requests, and closes when those on it are over. */
        private void retire() {
            retired = true;
            shared.remove(this);
            free.remove(this);
            if (requests == 0) {
                connection.close();
            }
        }

        private void gone() {
            if (gone) {
                return;
            }
            gone = true;
            open--;
            counts.connections(-1);
            if (requests == 0) {
                counts.idle(-1);
            }
            shared.remove(this);
            free.remove(this);
            serveNext();
        }
    }
}
