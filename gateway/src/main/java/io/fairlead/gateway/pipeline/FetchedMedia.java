package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.media.MediaFetcher;
import io.fairlead.gateway.media.MediaRules;
import io.fairlead.gateway.media.Room;
import io.fairlead.protocol.adapt.MediaNeeds.Need;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The media of one request that were fetched for its providers: each once, however many attempts
 * need it, and counted in the budget of all bodies until they are released. Confined to its
 * exchange, but for the counting: any thread.
 */
final class FetchedMedia implements Room {
    private final MediaFetcher fetcher;
    private final MediaRules rules;
    private final BodyBudget budget;
    private Map<Media, Source.Inline> fetched = Map.of();
    private @Nullable CompletableFuture<?> underWay;
    private long reserved;
    private boolean over;

    FetchedMedia(MediaFetcher fetcher, MediaRules rules, BodyBudget budget) {
        this.fetcher = fetcher;
        this.rules = rules;
        this.budget = budget;
    }

    /** Those that are not there yet. */
    List<Need> missing(List<Need> needs) {
        List<Need> missing = new ArrayList<>(needs.size());
        for (Need need : needs) {
            if (!fetched.containsKey(need.media())) {
                missing.add(need);
            }
        }
        return missing;
    }

    /** Fetches; what comes is to be {@link #add added}. Its end is told in any thread. */
    CompletableFuture<Map<Media, Source.Inline>> fetch(List<Need> needs) {
        CompletableFuture<Map<Media, Source.Inline>> fetching = fetcher.fetch(rules, needs, this);
        underWay = fetching;
        return fetching;
    }

    void add(Map<Media, Source.Inline> more) {
        if (fetched.isEmpty()) {
            fetched = new HashMap<>(more);
        } else {
            fetched.putAll(more);
        }
    }

    Map<Media, Source.Inline> fetched() {
        return fetched;
    }

    @Override
    public synchronized boolean take(long bytes) {
        if (over || !budget.reserve(bytes)) {
            return false;
        }
        reserved += bytes;
        return true;
    }

    /** No attempt needs them any more: gives up what is under way, and gives the room back. */
    void release() {
        if (underWay != null) {
            underWay.cancel(false);
        }
        if (!fetched.isEmpty()) {
            fetched.clear(); // whoever was given them may be held for longer
        }
        synchronized (this) {
            over = true;
            budget.release(reserved);
            reserved = 0;
        }
    }
}
