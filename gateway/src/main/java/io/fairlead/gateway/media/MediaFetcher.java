package io.fairlead.gateway.media;

import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.adapt.MediaNeeds.Need;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/**
 * Fetches media from the web under rules that keep clients from reaching, through the gateway, what
 * they can't reach themselves. So many at a time, and no more than that wait. Thread-safe.
 */
public final class MediaFetcher {
    private static final int MOST_AT_A_TIME = 32;
    private static final int MOST_WAITING = 1_000;
    private static final int MOST_IN_A_REQUEST = 100;

    private final Names names;
    private final Supplier<SSLSocketFactory> tls;
    private final ThreadPoolExecutor threads;

    /** What is fetched once, however often it stands in a request. */
    private record Wanted(Media.Kind kind, String url) {
        static Wanted of(Need need) {
            return new Wanted(
                    need.media().kind(),
                    need.media().source() instanceof Source.Url(String url, var _) ? url : "");
        }
    }

    MediaFetcher(Names names, Supplier<SSLSocketFactory> tls) {
        this.names = names;
        this.tls = tls;
        // threads of the system: looking up a name would hold on to the carrier of a virtual one
        this.threads =
                new ThreadPoolExecutor(
                        MOST_AT_A_TIME,
                        MOST_AT_A_TIME,
                        10,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(MOST_WAITING),
                        Thread.ofPlatform().name("media-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Asks the system for addresses.
     *
     * @param tls says which servers are believed; absent: the system does
     */
    public static MediaFetcher ofSystem(Optional<SSLContext> tls) {
        return new MediaFetcher(
                host -> List.of(InetAddress.getAllByName(host)),
                () ->
                        tls.map(SSLContext::getSocketFactory)
                                .orElseGet(() -> (SSLSocketFactory) SSLSocketFactory.getDefault()));
    }

    /**
     * Fetches all of them, side by side. The result fails with a {@link GatewayException} that
     * names the first part that can't be had; it comes in any thread, within the rules' time.
     * Cancelling it gives up what is under way.
     *
     * @param room where the bytes count
     */
    public CompletableFuture<Map<Media, Source.Inline>> fetch(
            MediaRules rules, List<Need> needs, Room room) {
        CompletableFuture<Map<Media, Source.Inline>> all = new CompletableFuture<>();
        Map<Wanted, CompletableFuture<Source.Inline>> ways = new LinkedHashMap<>();
        for (Need need : needs) {
            if (all.isDone()) {
                break;
            }
            Wanted wanted = Wanted.of(need);
            if (ways.containsKey(wanted)) {
                continue;
            }
            if (ways.size() == MOST_IN_A_REQUEST) {
                all.completeExceptionally(
                        refused(
                                need,
                                new Refusal(
                                        "a request may have "
                                                + MOST_IN_A_REQUEST
                                                + " media fetched, not more")));
                break;
            }
            CompletableFuture<Source.Inline> way = begin(rules, wanted, room);
            ways.put(wanted, way);
            var _ =
                    way.whenComplete((_, failure) -> {
                        if (failure != null) {
                            all.completeExceptionally(explained(need, failure, rules));
                        }
                    });
        }
        List<CompletableFuture<Source.Inline>> parts = List.copyOf(ways.values());
        var _ = all.whenComplete((_, _) -> parts.forEach(way -> way.cancel(false)));
        var _ =
                CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                        .thenRun(() -> all.complete(came(needs, ways)));
        return all;
    }

    private static Map<Media, Source.Inline> came(
            List<Need> needs, Map<Wanted, CompletableFuture<Source.Inline>> ways) {
        Map<Media, Source.Inline> came = new HashMap<>();
        for (Need need : needs) {
            CompletableFuture<Source.Inline> way = ways.get(Wanted.of(need));
            if (way != null) {
                came.put(need.media(), way.join());
            }
        }
        return came;
    }

    private CompletableFuture<Source.Inline> begin(MediaRules rules, Wanted wanted, Room room) {
        Fetch fetch = new Fetch(rules, wanted.kind(), wanted.url(), room, names, tls);
        CompletableFuture<Source.Inline> way =
                new CompletableFuture<Source.Inline>()
                        .orTimeout(rules.timeout().toMillis(), TimeUnit.MILLISECONDS);
        var _ = way.whenComplete((_, _) -> fetch.close());
        try {
            threads.execute(() -> run(fetch, way));
        } catch (RejectedExecutionException e) {
            way.completeExceptionally(
                    new GatewayException(
                            GatewayError.of(
                                            ErrorCode.OVERLOADED,
                                            "The gateway fetches as many media as it may. Try"
                                                    + " again in a moment.")
                                    .withRetryAfter(Duration.ofSeconds(1))));
        }
        return way;
    }

    private static void run(Fetch fetch, CompletableFuture<Source.Inline> way) {
        if (way.isDone()) {
            return;
        }
        try {
            way.complete(fetch.run());
        } catch (Refusal | RuntimeException e) {
            way.completeExceptionally(e);
        }
    }

    private static Throwable explained(Need need, Throwable failure, MediaRules rules) {
        return switch (failure) {
            case Refusal refusal -> refused(need, refusal);
            case TimeoutException _ ->
                    refused(
                            need,
                            new Refusal(
                                    "it did not come in time (media.timeout: "
                                            + rules.timeout().toMillis()
                                            + " ms)"));
            default -> failure;
        };
    }

    private static GatewayException refused(Need need, Refusal refusal) {
        return new GatewayException(
                GatewayError.of(
                                ErrorCode.INVALID_REQUEST,
                                need.path() + " can't be fetched: " + refusal.why() + ".")
                        .withParam(need.path()));
    }
}
