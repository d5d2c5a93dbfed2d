package io.fairlead.gateway.upstream;

import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.TrustOptions;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Providers over HTTP: HTTP/1.1 with keep-alive, HTTP/2 where TLS offers it, certificates verified,
 * redirects not followed. Made on the event loop that uses it, so that an answer is read by the
 * thread that relays it. Used only there.
 */
public final class HttpUpstream implements Upstream {
    private static final int HTTP2_CONNECTIONS = 64;
    private static final int HTTP2_STREAM_WINDOW_BYTES = 256 * 1024;
    private static final int HTTP2_CONNECTION_WINDOW_BYTES = 16 * 1024 * 1024;
    private static final int MAX_HEADER_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final PoolLimits limits;
    private final Optional<TrustOptions> trusted;

    private final Pools pools;
    private final IdentityHashMap<HttpConnection, Pools.Member> connections =
            new IdentityHashMap<>();
    private final Map<String, Pools.Pool> poolOf = new HashMap<>();

    private @Nullable HttpClient plain;
    private @Nullable HttpClient tls;
    private int open;

    /**
     * @param trusted whose certificates are believed; absent: those that this machine trusts
     * @param pools where connections are counted
     */
    public HttpUpstream(
            Vertx vertx, PoolLimits limits, Optional<TrustOptions> trusted, Pools pools) {
        this.vertx = vertx;
        this.limits = limits;
        this.trusted = trusted;
        this.pools = pools;
    }

    @Override
    public UpstreamCall call(UpstreamRequest request, UpstreamListener listener) {
        return new HttpCall(this, request, listener);
    }

    @Override
    public int open() {
        return open;
    }

    @Override
    public void close() {
        if (plain != null) {
            plain.close();
        }
        if (tls != null) {
            tls.close();
        }
    }

    void began() {
        open++;
    }

    void ended() {
        open--;
    }

    /** The counts of the connections to one provider. */
    Pools.Pool pool(String provider) {
        Pools.Pool pool = poolOf.get(provider);
        if (pool == null) {
            pool = pools.open(provider);
            poolOf.put(provider, pool);
        }
        return pool;
    }

    /** What is known of {@code connection}. */
    Pools.Member member(HttpConnection connection) {
        Pools.Member member = connections.get(connection);
        if (member == null) {
            member = new Pools.Member();
            member.close(); // its end came before its first request
        }
        return member;
    }

    private void closed(HttpConnection connection) {
        Pools.Member member = connections.remove(connection);
        if (member != null) {
            member.close();
        }
    }

    /** The client for plain or TLS connections, made when it is first needed. */
    HttpClient client(boolean withTls) {
        if (withTls) {
            if (tls == null) {
                tls = build(tlsOptions());
            }
            return tls;
        }
        if (plain == null) {
            plain = build(options());
        }
        return plain;
    }

    private HttpClient build(HttpClientOptions options) {
        return vertx.httpClientBuilder()
                .with(options)
                .with(pool())
                .withAddressResolver(NameResolution.atEachConnection())
                .withConnectHandler(connection -> {
                    connections.put(connection, new Pools.Member());
                    connection.closeHandler(_ -> closed(connection));
                })
                .build();
    }

    private HttpClientOptions options() {
        return new HttpClientOptions()
                .setKeepAlive(true)
                .setKeepAliveTimeout((int) limits.keepAlive().toSeconds())
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
                .setHttp2KeepAliveTimeout((int) limits.keepAlive().toSeconds())
                .setInitialSettings(
                        new Http2Settings().setInitialWindowSize(HTTP2_STREAM_WINDOW_BYTES));
    }

    private PoolOptions pool() {
        return new PoolOptions()
                .setHttp1MaxSize(limits.connections())
                .setHttp2MaxSize(Math.min(HTTP2_CONNECTIONS, limits.connections()))
                .setMaxWaitQueueSize(limits.waiting())
                .setMaxLifetimeUnit(TimeUnit.SECONDS)
                .setMaxLifetime((int) limits.lifetime().toSeconds());
    }
}
