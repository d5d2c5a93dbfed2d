package io.fairlead.gateway.cloud;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/**
 * One credential of the operator at a cloud: keeps what was lent, renews it before it expires, and
 * asks once however many wait. After a failure it does not ask for a while, and what was lent
 * before serves on until it expires. Thread-safe; never blocks its callers.
 */
public final class CloudCredential {
    private static final Logger LOG = LoggerFactory.getLogger(CloudCredential.class);

    /** Metadata servers hand out a new token when the old one has five minutes left. */
    private static final Duration AHEAD = Duration.ofMinutes(4);

    /** What would expire on its way is not sent. */
    private static final Duration SPARE = Duration.ofSeconds(10);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;

    /** Providers that refuse whatever we send must not make us ask for each request. */
    private static final Duration BETWEEN_DROPS = Duration.ofSeconds(10);

    private final String name;
    private final GrantSource source;
    private final InstantSource clock;
    private volatile @Nullable Held held;
    private @Nullable CompletableFuture<Grant> fetching;
    private @Nullable CloudException failure;
    private int failures;
    private Instant notBefore = Instant.MIN;
    private Instant noDropBefore = Instant.MIN;

    /** A grant, from when to renew it, and until when to use it. */
    private record Held(Grant grant, Instant renewFrom, Instant until) {
        static Held of(Grant grant, Instant now) {
            if (grant.expires().equals(Instant.MAX)) {
                return new Held(grant, Instant.MAX, Instant.MAX);
            }
            Duration half = Duration.between(now, grant.expires()).dividedBy(2);
            return new Held(
                    grant,
                    grant.expires().minus(half.compareTo(AHEAD) < 0 ? half : AHEAD),
                    grant.expires().minus(half.compareTo(SPARE) < 0 ? half : SPARE));
        }
    }

    /**
     * @param name for the log: whose credential it is
     */
    CloudCredential(String name, GrantSource source, InstantSource clock) {
        this.name = name;
        this.source = source;
        this.clock = clock;
    }

    /** What is at hand; null: {@link #ask}. */
    public @Nullable Grant current() {
        Held here = held;
        if (here == null) {
            return null;
        }
        Instant now = clock.instant();
        if (now.isBefore(here.renewFrom)) {
            return here.grant;
        }
        renew(now);
        return now.isBefore(here.until) ? here.grant : null;
    }

    /**
     * What is at hand or will be. It ends with a {@link CloudException}, or on the thread that
     * fetched, or at once.
     */
    public synchronized CompletableFuture<Grant> ask() {
        Instant now = clock.instant();
        if (held != null && now.isBefore(held.until)) {
            return CompletableFuture.completedFuture(held.grant);
        }
        if (fetching != null) {
            return fetching;
        }
        if (failure != null && now.isBefore(notBefore)) {
            return CompletableFuture.failedFuture(failure);
        }
        return begin();
    }

    /**
     * The provider refused it: it is used no more.
     *
     * @return whether {@link #ask} may bring another one
     */
    public synchronized boolean refused(Grant grant) {
        if (grant.expires().equals(Instant.MAX)) {
            return false;
        }
        if (held == null || !held.grant.equals(grant)) {
            return true; // another call was faster
        }
        Instant now = clock.instant();
        if (now.isBefore(noDropBefore)) {
            return false;
        }
        noDropBefore = now.plus(BETWEEN_DROPS);
        held = null;
        return true;
    }

    private synchronized void renew(Instant now) {
        if (fetching == null && !now.isBefore(notBefore)) {
            var _ = begin();
        }
    }

    private CompletableFuture<Grant> begin() {
        CompletableFuture<Grant> begun = new CompletableFuture<>();
        fetching = begun;
        Thread.ofVirtual().name("cloud-credential").start(() -> fetch(begun));
        return begun;
    }

    private void fetch(CompletableFuture<Grant> waiting) {
        try {
            Grant grant = source.fetch();
            fetched(grant);
            waiting.complete(grant);
        } catch (CloudException e) {
            failed(e, waiting);
        } catch (IOException e) {
            // what it says may name hosts
            failed(CloudException.unavailable(name + ": no answer (" + kind(e) + ")"), waiting);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            failed(CloudException.unavailable(name + ": interrupted"), waiting);
        } catch (RuntimeException e) {
            failed(CloudException.unavailable(name + ": no sense (" + kind(e) + ")"), waiting);
        }
    }

    private static String kind(Exception e) {
        return e.getClass().getSimpleName();
    }

    private synchronized void fetched(Grant grant) {
        held = Held.of(grant, clock.instant());
        fetching = null;
        failure = null;
        failures = 0;
        notBefore = Instant.MIN;
    }

    private void failed(CloudException why, CompletableFuture<Grant> waiting) {
        synchronized (this) {
            fetching = null;
            failure = why;
            notBefore =
                    clock.instant()
                            .plus(
                                    FIRST_PAUSE.multipliedBy(
                                            1L << Math.min(failures, MOST_DOUBLINGS)));
            failures++;
        }
        LOG.warn("{}", why.getMessage());
        waiting.completeExceptionally(why);
    }
}
