package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.responses.Recalled;
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
    private Optional<String> id = Optional.empty();
    private Optional<NamedResponse> named = Optional.empty();
    private List<Need> missing = List.of();
    private @Nullable GatewayError refusal;
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

    /** Whether the request names a response of which it is not known yet where it is. */
    boolean wantsChain() {
        if (named.isPresent()) {
            return false;
        }
        id = OwnResponses.named(request, body);
        keeping.asked(body);
        return id.isPresent();
    }

    /** Finds that response, and what was said before it. */
    void loadChain(Principal caller) {
        boolean goesOn = !OwnResponses.asksForOne(request);
        long begun = System.nanoTime();
        var _ =
                keeping.archive()
                        .recall(
                                id.orElseThrow(),
                                OwnResponses.owner(caller),
                                goesOn ? body : NOTHING)
                        .whenComplete((found, failure) ->
                                loop.run(() -> chainCame(found, failure, begun)));
    }

    private void chainCame(@Nullable Recalled found, @Nullable Throwable failure, long begun) {
        if (over) {
            return;
        }
        timing.waitedSince(begun);
        String name = id.orElseThrow();
        if (OwnResponses.isOurs(name) && failure != null) {
            exchange.refused(ResponseArchive.failure(failure).error());
            return;
        }
        // one of a provider's is not worse off for a store of ours that can't be read
        Recalled recalled = found == null ? new Recalled.Unknown() : found;
        named = Optional.of(new NamedResponse(name, recalled));
        if (recalled instanceof Recalled.Here(byte[] whole) && whole.length > 0) {
            if (!keeping.goesOn(whole.length)) {
                exchange.refused(
                        GatewayError.of(
                                ErrorCode.OVERLOADED,
                                "There is no room for this conversation now."));
                return;
            }
            body = whole;
        } else if (OwnResponses.isOurs(name)) {
            exchange.refused(OwnResponses.previousNotFound(name));
            return;
        }
        exchange.fire(Happening.CHAIN_THERE);
    }

    /** The whole body, which is let go here. */
    byte[] takeBody() {
        byte[] whole = body;
        body = NOTHING;
        return whole;
    }

    /** The response that the request goes on from, or asks for. */
    Optional<NamedResponse> named() {
        return named;
    }

    // ---- media ----

    /** Whether some of these are not there yet. */
    boolean lacks(List<Need> needs) {
        missing = media.missing(needs);
        return !missing.isEmpty();
    }

    /** Why one of those that were found missing can't be had, if that has been tried. */
    Optional<GatewayError> refused() {
        return Optional.ofNullable(refusal)
                .filter(why ->
                        missing.stream()
                                .anyMatch(need -> why.param().equals(Optional.of(need.path()))));
    }

    /**
     * What the client is told where no attempt is left: where media were all that was wrong, what
     * was wrong with them.
     */
    GatewayError told(GatewayError end) {
        boolean ofMedia =
                refusal != null
                        && end.code() == ErrorCode.UNSUPPORTED_PARAMETER
                        && end.param().equals(refusal.param());
        return ofMedia ? Present.value(refusal) : end;
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
        } else if (failure instanceof GatewayException why) {
            if (why.error().code() == ErrorCode.INVALID_REQUEST) {
                refusal = why.error();
                exchange.mediaRefused(why.error());
            } else {
                exchange.refused(why.error());
            }
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
