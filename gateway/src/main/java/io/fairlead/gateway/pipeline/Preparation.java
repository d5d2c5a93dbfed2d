package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.responses.ResponseArchive;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.adapt.MediaNeeds.Need;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must be there before an attempt can be made, and the wait for it: the request's body, the
 * kept conversation that it goes on from, the media that a provider wants the bytes of. The end of
 * a wait is told to the exchange, unless it is over by then. Confined to its exchange.
 */
final class Preparation {
    private static final byte[] NOTHING = {};

    private final Exchange exchange;
    private final LoopDataPlane loop;
    private final ClientRequest request;
    private final Keeping keeping;
    private final FetchedMedia media;
    private final Timing timing;
    private byte[] body = NOTHING;
    private Optional<String> previous = Optional.empty();
    private List<Need> missing = List.of();
    private boolean over;

    Preparation(
            Exchange exchange,
            LoopDataPlane loop,
            ClientRequest request,
            Keeping keeping,
            FetchedMedia media,
            Timing timing) {
        this.exchange = exchange;
        this.loop = loop;
        this.request = request;
        this.keeping = keeping;
        this.media = media;
        this.timing = timing;
    }

    // ---- the body, with the conversation that it goes on from ----

    void bodyRead(byte[] bytes) {
        body = bytes;
    }

    /** Whether the request goes on from a kept response that is not there yet. */
    boolean wantsChain() {
        if (keeping.goingOn()) {
            return false;
        }
        previous = OwnResponses.previous(request, body);
        keeping.asked(body);
        return previous.isPresent();
    }

    /** Finds that response, and what was said before it. */
    void loadChain(Principal caller) {
        String id = previous.orElseThrow();
        long begun = System.nanoTime();
        var _ =
                keeping.archive()
                        .continued(id, OwnResponses.owner(caller), body)
                        .whenComplete((whole, failure) ->
                                loop.run(() ->
                                        chainCame(
                                                id,
                                                whole == null ? Optional.empty() : whole,
                                                failure,
                                                begun)));
    }

    private void chainCame(
            String id, Optional<byte[]> whole, @Nullable Throwable failure, long begun) {
        if (over) {
            return;
        }
        timing.waitedSince(begun);
        if (failure != null) {
            exchange.refused(ResponseArchive.failure(failure).error());
        } else if (whole.isEmpty()) {
            exchange.refused(OwnResponses.previousNotFound(id));
        } else if (keeping.goesOn(whole.get().length)) {
            body = whole.get();
            exchange.fire(Happening.CHAIN_THERE);
        } else {
            exchange.refused(
                    GatewayError.of(
                            ErrorCode.OVERLOADED, "There is no room for this conversation now."));
        }
    }

    /** The whole body, which is let go here. */
    byte[] takeBody() {
        byte[] whole = body;
        body = NOTHING;
        return whole;
    }

    /** The kept response that the request goes on from. */
    Optional<String> previous() {
        return previous;
    }

    // ---- media ----

    /** Whether some of these are not there yet. */
    boolean lacks(List<Need> needs) {
        missing = media.missing(needs);
        return !missing.isEmpty();
    }

    /** Fetches those that were found missing. */
    void fetchMedia() {
        long begun = System.nanoTime();
        var _ =
                media.fetch(missing)
                        .whenComplete(
                                (came, failure) -> loop.run(() -> mediaCame(came, failure, begun)));
    }

    private void mediaCame(
            @Nullable Map<Media, Source.Inline> came, @Nullable Throwable failure, long begun) {
        if (over) {
            return;
        }
        timing.waitedSince(begun);
        if (came != null) {
            media.add(came);
            exchange.fire(Happening.MEDIA_THERE);
        } else if (failure instanceof GatewayException refusal) {
            exchange.refused(refusal.error());
        } else {
            exchange.defect(new IllegalStateException("media could not be fetched", failure));
        }
    }

    Map<Media, Source.Inline> media() {
        return media.fetched();
    }

    /** No attempt will be made any more: gives up what is waited for, and gives the room back. */
    void release() {
        over = true;
        media.release();
    }
}
