package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.responses.ResponseArchive;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * What of one exchange is needed to keep its response: the client's request, from its beginning to
 * the end of the answer, counted in the budget of all bodies. Confined to its exchange.
 */
final class Keeping {
    private final ResponseArchive archive;
    private final BodyBudget budget;
    private byte @Nullable [] asked;
    private long reserved;
    private Worth worth = Worth.NOTHING;

    /**
     * What of a response is to be kept.
     *
     * @param any whether anything is
     * @param by the provider that keeps it, which is all to be remembered; empty: nobody but us
     *     does
     */
    record Worth(boolean any, Optional<String> by) {
        static final Worth NOTHING = new Worth(false, Optional.empty());
        static final Worth WHOLE = new Worth(true, Optional.empty());

        static Worth keptBy(String provider) {
            return new Worth(true, Optional.of(provider));
        }
    }

    Keeping(ResponseArchive archive, BodyBudget budget) {
        this.archive = archive;
        this.budget = budget;
    }

    ResponseArchive archive() {
        return archive;
    }

    /** The body as the client sent it; it is let go at {@link #hold} unless it is needed. */
    void asked(byte[] body) {
        asked = body;
    }

    /** The conversation that the request goes on from was found; false: there is no room for it. */
    boolean goesOn(long bytes) {
        return reserve(bytes);
    }

    /** The request's own room is given back: what is still needed is counted from here on. */
    void hold(Worth wanted) {
        worth = wanted;
        if (!worth.any() || asked == null || !reserve(asked.length)) {
            asked = null;
        }
    }

    private boolean reserve(long bytes) {
        boolean room = budget.reserve(bytes);
        reserved += room ? bytes : 0;
        return room;
    }

    /** Keeps the response, if it is there and wanted. */
    void keep(ClientRequest request, Principal caller, AnswerRelay answer) {
        if (!worth.any() || asked == null) {
            return;
        }
        byte[] question = asked;
        String owner = OwnResponses.owner(caller);
        Optional<byte[]> whole = OwnResponses.whole(answer.isStream(), answer.last());
        if (whole.isEmpty()) {
            return;
        }
        if (worth.by().isPresent()) {
            archive.remember(owner, question, whole.get(), worth.by().get());
        } else {
            archive.keep(owner, question, whole.get(), OwnResponses.idBase(request));
        }
    }

    void release() {
        asked = null;
        budget.release(reserved);
        reserved = 0;
    }
}
