package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.responses.ResponseArchive;

import org.jspecify.annotations.Nullable;

/**
 * What of one exchange is needed to keep its response: the client's request, from its beginning to
 * the end of the answer, counted in the budget of all bodies. Confined to its exchange.
 */
final class Keeping {
    private final ResponseArchive archive;
    private final BodyBudget budget;
    private byte @Nullable [] asked;
    private long reserved;
    private boolean goingOn;
    private boolean wanted;

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

    /** Whether the request goes on from a kept response that has been found. */
    boolean goingOn() {
        return goingOn;
    }

    /** The conversation that the request goes on from was found; false: there is no room for it. */
    boolean goesOn(long bytes) {
        goingOn = true;
        return reserve(bytes);
    }

    /** The request's own room is given back: what is still needed is counted from here on. */
    void hold(boolean worth) {
        wanted = worth && asked != null && reserve(asked.length);
        if (!wanted) {
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
        if (!wanted || asked == null) {
            return;
        }
        byte[] question = asked;
        OwnResponses.whole(answer.isStream(), answer.last())
                .ifPresent(response ->
                        archive.keep(
                                OwnResponses.owner(caller),
                                question,
                                response,
                                OwnResponses.idBase(request)));
    }

    void release() {
        asked = null;
        budget.release(reserved);
        reserved = 0;
    }
}
