package io.fairlead.gateway.upstream;

import io.fairlead.gateway.catalogue.Address;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.cloud.Clouds;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.TrustOptions;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Providers over HTTP: HTTP/1.1 with keep-alive, HTTP/2 where TLS offers it, certificates verified,
 * redirects not followed. Made on the event loop that uses it, so that an answer is read by the
 * thread that relays it. Used only there.
 */
public final class HttpUpstream implements Upstream {
    private static final long SWEEP_MILLIS = 1_000;
    private static final long NO_TIMER = -1;
    private static final int HTTP2_STREAM_WINDOW_BYTES = 256 * 1024;
    private static final int HTTP2_CONNECTION_WINDOW_BYTES = 16 * 1024 * 1024;
    private static final int MAX_HEADER_BYTES = 64 * 1024;

    /** As OpenAI takes it: a message holds up to 15 MB of sound. */
    public static final int LARGEST_SOCKET_MESSAGE = 16 << 20;

    /** How long a provider may take to answer that a WebSocket is closed. */
    private static final int SOCKET_CLOSING_SECONDS = 5;

    private final Vertx vertx;
    private final PoolLimits limits;
    private final Optional<TrustOptions> trusted;

    private final Pools counts;
    private final Clouds clouds;
    private final Map<Place, ConnectionPool> pools = new HashMap<>();
    private @Nullable HttpClientAgent plain;
    private @Nullable HttpClientAgent tls;
    private @Nullable WebSocketClient sockets;
    private long sweeper = NO_TIMER;
    private int open;

    /** A provider's host and port, as a place to connect to. */
    private record Place(String provider, String host, int port, boolean tls) {}

    /**
     * @param trusted whose certificates are believed; absent: those that this machine trusts
     * @param counts where connections are counted
     * @param clouds credentials that are lent
     */
    public HttpUpstream(
            Vertx vertx,
            PoolLimits limits,
            Optional<TrustOptions> trusted,
            Pools counts,
            Clouds clouds) {
        this.vertx = vertx;
        this.limits = limits;
        this.trusted = trusted;
        this.counts = counts;
        this.clouds = clouds;
    }

    @Override
    public UpstreamCall call(UpstreamRequest request, UpstreamListener listener) {
        return new HttpCall(this, request, listener);
    }

    @Override
    public Socketing socket(UpstreamRequest request, SocketListener listener) {
        return new SocketCall(this, request, listener);
    }

    /** The client for WebSockets, made when it is first needed. */
    WebSocketClient sockets() {
        if (sockets == null) {
            WebSocketClientOptions options =
                    new WebSocketClientOptions()
                            .setMaxConnections(Integer.MAX_VALUE)
                            .setMaxFrameSize(LARGEST_SOCKET_MESSAGE)
                            .setMaxMessageSize(LARGEST_SOCKET_MESSAGE)
                            .setTcpNoDelay(true)
                            .setTcpKeepAlive(true)
                            .setClosingTimeout(SOCKET_CLOSING_SECONDS)
                            .setVerifyHost(true);
            trusted.ifPresent(options::setTrustOptions);
            sockets = vertx.createWebSocketClient(options);
        }
        return sockets;
    }

    @Override
    public int open() {
        return open;
    }

    @Override
    public void close() {
        if (sweeper != NO_TIMER) {
            vertx.cancelTimer(sweeper);
        }
        pools.values().forEach(ConnectionPool::close);
        if (plain != null) {
            plain.close();
        }
        if (tls != null) {
            tls.close();
        }
        if (sockets != null) {
            sockets.close();
        }
    }

    void began() {
        open++;
    }

    void ended() {
        open--;
    }

    Clouds clouds() {
        return clouds;
    }

    /** Later, on the event loop that calls this now. */
    Consumer<Runnable> loop() {
        Context context = vertx.getOrCreateContext();
        return task -> context.runOnContext(_ -> task.run());
    }

    /** The connections to where {@code deployment} is. */
    ConnectionPool pool(Deployment deployment) {
        Address address = deployment.address();
        Place place =
                new Place(deployment.provider(), address.host(), address.port(), address.tls());
        ConnectionPool pool = pools.get(place);
        if (pool == null) {
            pool =
                    new ConnectionPool(
                            client(place.tls()),
                            new HttpConnectOptions()
                                    .setHost(place.host())
                                    .setPort(place.port())
                                    .setSsl(place.tls()),
                            limits,
                            counts.open(place.provider()));
            pools.put(place, pool);
            sweepFromNowOn();
        }
        return pool;
    }

    private void sweepFromNowOn() {
        if (sweeper == NO_TIMER) {
            sweeper =
                    vertx.setPeriodic(
                            SWEEP_MILLIS,
                            _ -> {
                                long now = System.nanoTime();
                                pools.values().forEach(pool -> pool.sweep(now));
                            });
        }
    }

    /** The client for plain or TLS connections, made when it is first needed. */
    private HttpClientAgent client(boolean withTls) {
        if (withTls) {
            if (tls == null) {
                tls = vertx.createHttpClient(tlsOptions());
            }
            return tls;
        }
        if (plain == null) {
            plain = vertx.createHttpClient(options());
        }
        return plain;
    }

    private HttpClientOptions options() {
        return new HttpClientOptions()
                .setKeepAlive(true)
                .setPipelining(false)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setDecompressionSupported(false)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setHttp2ClearTextUpgrade(false);
    }

    private HttpClientOptions tlsOptions() {
        HttpClientOptions options = options();
        trusted.ifPresent(options::setTrustOptions);
        return options.setSsl(true)
                .setVerifyHost(true)
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ConnectionWindowSize(HTTP2_CONNECTION_WINDOW_BYTES)
                .setInitialSettings(
                        new Http2Settings().setInitialWindowSize(HTTP2_STREAM_WINDOW_BYTES));
    }
}
