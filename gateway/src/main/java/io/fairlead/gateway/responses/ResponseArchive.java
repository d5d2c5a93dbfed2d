package io.fairlead.gateway.responses;

import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.responses.stored.StoredResponse;
import io.fairlead.protocol.responses.stored.StoredResponses;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps responses and finds them again, all on one thread of its own, so that what was kept is
 * there for whoever asks after. Keeping never fails to its caller: what can't be kept is counted
 * and logged. The store is opened when it is first needed. Thread-safe.
 */
public final class ResponseArchive implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResponseArchive.class);
    private static final int MOST_TASKS = 10_000;
    private static final int EXPIRED_AT_ONCE = 200;
    private static final Duration BETWEEN_EXPIRIES = Duration.ofMinutes(1);
    private static final Duration BETWEEN_COMPLAINTS = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final ResponseStore.Opener opener;
    private final InstantSource clock;
    private final ThreadPoolExecutor worker;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong missed = new AtomicLong();
    private volatile ArchiveLimits limits;

    // Confined to the worker.
    private @Nullable ResponseStore store;
    private Instant expiredAt = Instant.EPOCH;

    private volatile Instant complainedAt = Instant.EPOCH;

    public ResponseArchive(ResponseStore.Opener opener, ArchiveLimits limits, InstantSource clock) {
        this.opener = opener;
        this.limits = limits;
        this.clock = clock;
        this.worker =
                new ThreadPoolExecutor(
                        1,
                        1,
                        30,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(MOST_TASKS),
                        Thread.ofPlatform().daemon().name("response-archive").factory());
        worker.allowCoreThreadTimeOut(true);
    }

    /** What counts from now on. */
    public void apply(ArchiveLimits newLimits) {
        limits = newLimits;
    }

    /** Responses that were kept. */
    public long kept() {
        return kept.get();
    }

    /** Responses that should have been kept and were not. */
    public long missed() {
        return missed.get();
    }

    /**
     * Keeps the response to a request, unless the client does not want it.
     *
     * @param owner the id of its virtual key; empty: it has none
     * @param request as the client sent it
     * @param response as the client gets it
     * @param idBase letters and digits from which ids of input items are made
     */
    public void keep(String owner, byte[] request, byte[] response, String idBase) {
        Instant now = clock.instant();
        later(
                (long) request.length + response.length,
                () -> put(owner, request, response, idBase, now));
    }

    /**
     * Remembers which provider keeps the response to a request, unless the client does not want it
     * kept.
     */
    public void remember(String owner, byte[] request, byte[] response, String provider) {
        Instant now = clock.instant();
        later(
                (long) request.length + response.length,
                () -> {
                    if (StoredResponses.keeps(Fields.parse(request))) {
                        whole(Fields.parse(response))
                                .get("id")
                                .filter(Json::isString)
                                .ifPresent(id ->
                                        put(id.text(), owner, now, Recollection.note(provider)));
                    }
                });
    }

    private void later(long bytes, Runnable work) {
        if (bytes > ArchiveLimits.MOST_ONE) {
            missed("it is larger than " + ArchiveLimits.MOST_ONE + " bytes");
            return;
        }
        if (waitingBytes.addAndGet(bytes) > ArchiveLimits.MOST_WAITING) {
            waitingBytes.addAndGet(-bytes);
            missed("too many wait to be written");
            return;
        }
        try {
            worker.execute(() -> {
                try {
                    work.run();
                } catch (Unreadable e) {
                    missed(e.getMessage());
                } catch (RuntimeException e) {
                    lost();
                    missed(String.valueOf(e.getMessage()));
                } finally {
                    waitingBytes.addAndGet(-bytes);
                }
            });
        } catch (RejectedExecutionException e) {
            waitingBytes.addAndGet(-bytes);
            missed("too many wait to be written");
        }
    }

    private void put(String owner, byte[] request, byte[] response, String idBase, Instant now) {
        Json asked = Fields.parse(request);
        if (StoredResponses.keeps(asked)) {
            StoredResponse stored = StoredResponse.of(asked, whole(Fields.parse(response)), idBase);
            put(stored.id(), owner, now, stored.toBytes());
            kept.incrementAndGet();
        }
    }

    private void put(String id, String owner, Instant now, byte[] body) {
        store().put(new ArchivedResponse(id, owner, now, body));
        if (expiredAt.plus(BETWEEN_EXPIRIES).isBefore(now)) {
            int removed = store().expire(now.minus(limits.age()), limits.bytes(), EXPIRED_AT_ONCE);
            // One that removed as many as it may has more to do.
            expiredAt = removed == EXPIRED_AT_ONCE ? Instant.EPOCH : now;
        }
    }

    /** The last message of a stream has the response within it. */
    private static Json whole(Json answer) {
        return answer.get("response").filter(Json::isObject).orElse(answer);
    }

    /** One response; empty: that owner has none of this id. */
    public CompletableFuture<Optional<StoredResponse>> find(String id, String owner) {
        return asked(store -> of(store, owner).found(id));
    }

    /**
     * A response after all that it goes on from, the oldest first; empty: one of them is not there.
     */
    public CompletableFuture<List<StoredResponse>> chain(String id, String owner) {
        return asked(store -> of(store, owner).chain(id));
    }

    /**
     * Where a response is, and what a request that goes on from it must say for providers that keep
     * nothing.
     *
     * @param request as the client sent it; empty: none goes on from it
     */
    public CompletableFuture<Recalled> recall(String id, String owner, byte[] request) {
        return asked(store -> of(store, owner).recall(id, request));
    }

    /** Whether there was such a one. */
    public CompletableFuture<Boolean> delete(String id, String owner) {
        return asked(store -> store.delete(id, owner));
    }

    private Recollection of(ResponseStore store, String owner) {
        return new Recollection(store, owner, clock.instant().minus(limits.age()));
    }

    private <T> CompletableFuture<T> asked(Function<ResponseStore, T> question) {
        Supplier<T> work =
                () -> {
                    try {
                        return question.apply(store());
                    } catch (GatewayException e) {
                        throw e;
                    } catch (Unreadable e) {
                        throw new GatewayException(
                                GatewayError.of(ErrorCode.INVALID_REQUEST, e.problem())
                                        .withParam(e.path()));
                    } catch (RuntimeException e) {
                        lost();
                        complain("A kept response can't be read: " + e.getMessage());
                        throw unavailable();
                    }
                };
        try {
            return CompletableFuture.supplyAsync(work, worker);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(unavailable());
        }
    }

    private static GatewayException unavailable() {
        return new GatewayException(
                GatewayError.of(
                                ErrorCode.OVERLOADED,
                                "The store of kept responses can't be used at the moment.")
                        .withRetryAfter(SOON));
    }

    /** Why a question was not answered, as the asker is to be told. */
    public static GatewayException failure(Throwable cause) {
        Throwable real =
                cause instanceof CompletionException wrapped && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : cause;
        return real instanceof GatewayException known ? known : unavailable();
    }

    private ResponseStore store() {
        ResponseStore open = store;
        if (open == null) {
            open = opener.open();
            store = open;
        }
        return open;
    }

    /** The store failed: it is opened anew for the next. */
    private void lost() {
        ResponseStore failed = store;
        store = null;
        if (failed != null) {
            try {
                failed.close();
            } catch (RuntimeException e) {
                LOG.debug("the store of responses could not be closed: {}", e.getMessage());
            }
        }
    }

    private void missed(@Nullable String why) {
        missed.incrementAndGet();
        complain("A response was not kept: " + why);
    }

    private void complain(String what) {
        Instant now = clock.instant();
        if (complainedAt.plus(BETWEEN_COMPLAINTS).isBefore(now)) {
            complainedAt = now;
            LOG.warn("{} ({} not kept so far)", what, missed.get());
        }
    }

    /** Writes what waits, as far as that goes within some seconds. */
    @Override
    public void close() {
        try {
            worker.execute(this::lost);
        } catch (RejectedExecutionException e) {
            LOG.debug("the store of responses is not closed: too much waits");
        }
        worker.shutdown();
        try {
            if (!worker.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("some responses were not kept: the store is too slow");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
