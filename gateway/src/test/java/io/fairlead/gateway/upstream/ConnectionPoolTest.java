package io.fairlead.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.upstream.ConnectionPool.Connection;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

final class ConnectionPoolTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final Pools counts = new Pools();
    private HttpServer server = vertx.createHttpServer();

    @BeforeEach
    void listen() throws Exception {
        server =
                vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                        .requestHandler(request -> request.response().end("fine"));
        server.listen().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** One who asks for a connection; what it got, and when. */
    private static final class Asker implements ConnectionPool.Call {
        private final CompletableFuture<Connection> got = new CompletableFuture<>();
        private volatile boolean gaveUp;
        private volatile @Nullable Throwable failure;

        @Override
        public boolean waits() {
            return !gaveUp;
        }

        @Override
        public void connected(Connection connection) {
            got.complete(connection);
        }

        @Override
        public void failed(Throwable cause) {
            failure = cause;
            got.completeExceptionally(cause);
        }

        @Override
        public Duration connectTimeout() {
            return Duration.ofSeconds(20);
        }

        Connection get() throws Exception {
            return got.get(20, TimeUnit.SECONDS);
        }
    }

    private ConnectionPool pool(PoolLimits limits) throws Exception {
        return on(() ->
                new ConnectionPool(
                        vertx.createHttpClient(new HttpClientOptions()),
                        new HttpConnectOptions()
                                .setHost("127.0.0.1")
                                .setPort(server.actualPort())
                                .setSsl(false),
                        limits,
                        counts.open("p")));
    }

    private <T> T on(Callable<T> task) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.runOnContext(_ -> {
            try {
                done.complete(task.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return done.get(20, TimeUnit.SECONDS);
    }

    private Asker ask(ConnectionPool pool) throws Exception {
        Asker asker = new Asker();
        on(() -> {
            pool.take(asker);
            return 0;
        });
        return asker;
    }

    private void release(Connection connection, boolean clean) throws Exception {
        on(() -> {
            connection.release(clean);
            return 0;
        });
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 4_000 && !condition.getAsBoolean(); i++) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private int connections() {
        return counts.connections().getOrDefault("p", 0);
    }

    private int idle() {
        return counts.idle().getOrDefault("p", 0);
    }

    @Test
    void givesTheConnectionThatWasFreeLast() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(10, 10, HOUR, HOUR));
        Connection one = ask(pool).get();
        Connection two = ask(pool).get();
        assertThat(one.used()).isFalse();
        assertThat(connections()).isEqualTo(2);
        assertThat(idle()).isZero();

        release(two, true);
        release(one, true);
        assertThat(idle()).isEqualTo(2);
        Connection again = ask(pool).get();
        assertThat(again).isSameAs(one);
        assertThat(again.used()).isTrue();
        assertThat(connections()).isEqualTo(2);
    }

    @Test
    void waitsInTurnForAFreePlaceAndRefusesWhenTooManyWait() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(1, 2, HOUR, HOUR));
        Connection only = ask(pool).get();
        Asker first = ask(pool);
        Asker second = ask(pool);
        Asker third = ask(pool);
        assertThat(counts.waiting()).containsEntry("p", 2);
        assertThat(third.failure).isInstanceOf(ConnectionPoolTooBusyException.class);

        first.gaveUp = true;
        release(only, true);
        assertThat(second.get()).isSameAs(only);
        assertThat(first.got).isNotDone();
        assertThat(counts.waiting()).containsEntry("p", 0);
    }

    @Test
    void closesWhatDidNotEndWithItsAnswerAndConnectsForThoseThatWait() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(1, 2, HOUR, HOUR));
        Connection broken = ask(pool).get();
        Asker waiting = ask(pool);
        release(broken, false);

        Connection fresh = waiting.get();
        assertThat(fresh).isNotSameAs(broken);
        assertThat(fresh.used()).isFalse();
        await(() -> connections() == 1);
        assertThat(idle()).isZero();
    }

    @Test
    void forgetsAConnectionThatIsClosed() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(10, 10, HOUR, HOUR));
        Connection one = ask(pool).get();
        release(one, true);
        on(() -> {
            one.wire().reset();
            return 0;
        });
        await(() -> connections() == 0);
        assertThat(idle()).isZero();
        assertThat(ask(pool).get()).isNotSameAs(one);
    }

    @Test
    void closesWhatIsFreeForTooLong() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(10, 10, Duration.ofSeconds(60), HOUR));
        Connection one = ask(pool).get();
        Connection busy = ask(pool).get();
        release(one, true);
        sweepIn(pool, Duration.ofSeconds(59));
        assertThat(connections()).isEqualTo(2);
        sweepIn(pool, Duration.ofSeconds(62));
        await(() -> connections() == 1);
        assertThat(ask(pool).get()).isNotSameAs(one).isNotSameAs(busy);
    }

    @Test
    void doesNotUseWhatTheProviderIsAboutToClose() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(10, 10, HOUR, HOUR));
        Connection one = ask(pool).get();
        on(() -> {
            one.keptFor(Duration.ofSeconds(1));
            return 0;
        });
        release(one, true);
        assertThat(ask(pool).get()).isNotSameAs(one);
        await(() -> connections() == 1);
    }

    @Test
    void readsForHowLongAProviderKeepsAConnection() {
        assertThat(KeepAlive.timeout("timeout=5")).contains(Duration.ofSeconds(5));
        assertThat(KeepAlive.timeout("max=100, Timeout=72")).contains(Duration.ofSeconds(72));
        for (String other :
                new String[] {"", "max=3", "timeout=", "timeout=-1", "timeout=1e9999"}) {
            assertThat(KeepAlive.timeout(other)).as(other).isEmpty();
        }
    }

    @Test
    void closesWhatIsTooOldWhenItIsFree() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(10, 10, HOUR, Duration.ofNanos(1)));
        Connection one = ask(pool).get();
        release(one, true);
        await(() -> connections() == 0);
        assertThat(idle()).isZero();
    }

    @Test
    void aRefusedConnectionFailsTheCallAndNotThoseBehindIt() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(1, 10, HOUR, HOUR));
        int port = server.actualPort();
        server.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        Asker one;
        Asker two;
        try (Socket holder = new Socket()) {
            holder.bind(new InetSocketAddress("127.0.0.1", port)); // lest anyone else listens there
            one = ask(pool);
            two = ask(pool);
            await(() -> one.got.isDone() && two.got.isDone());
        }
        assertThat(one.failure).isInstanceOf(java.net.ConnectException.class);
        assertThat(two.failure).isInstanceOf(java.net.ConnectException.class);
        assertThat(connections()).isZero();
        assertThat(counts.waiting()).containsEntry("p", 0);
    }

    @Test
    void closesAllWhenTheGatewayStops() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(10, 10, HOUR, HOUR));
        Connection one = ask(pool).get();
        release(ask(pool).get(), true);
        on(() -> {
            pool.close();
            return 0;
        });
        await(() -> connections() == 1);
        release(one, true);
        await(() -> connections() == 0);
    }

    @Test
    void closesWhatTheProviderIsAboutToCloseEvenIfNobodyAsks() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(10, 10, HOUR, HOUR));
        Connection one = ask(pool).get();
        on(() -> {
            one.keptFor(Duration.ofSeconds(5));
            return 0;
        });
        release(one, true);
        sweepIn(pool, Duration.ofSeconds(3));
        assertThat(connections()).isEqualTo(1);
        sweepIn(pool, Duration.ofSeconds(5));
        await(() -> connections() == 0);
    }

    @Test
    void tellsThoseThatWaitWhenTheGatewayStops() throws Exception {
        ConnectionPool pool = pool(new PoolLimits(1, 10, HOUR, HOUR));
        Connection only = ask(pool).get();
        Asker waiting = ask(pool);
        on(() -> {
            pool.close();
            return 0;
        });
        assertThat(waiting.failure).isInstanceOf(ConnectionPoolTooBusyException.class);
        assertThat(counts.waiting()).containsEntry("p", 0);
        release(only, true);
        await(() -> connections() == 0);
    }

    private void sweepIn(ConnectionPool pool, Duration time) throws Exception {
        on(() -> {
            pool.sweep(System.nanoTime() + time.toNanos());
            return 0;
        });
    }
}
