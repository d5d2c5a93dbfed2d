package io.fairlead.gateway.pipeline;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocketBase;

/**
 * Where the edge hands over the requests of one event loop. {@link #handle} never throws and always
 * sees to an answer. Used only on the event loop it was opened for.
 */
public interface DataPlane {
    /** Takes charge of one request up to the end of its answer. */
    void handle(ClientRequest request, ClientResponse response);

    /**
     * Takes charge of a request for a realtime conversation, up to the end of it.
     *
     * @param upgrade makes a WebSocket of the request; not called if it is answered otherwise
     */
    void talk(ClientRequest request, ClientResponse response, Upgrade upgrade);

    /** Makes a WebSocket of a client's request. */
    @FunctionalInterface
    interface Upgrade {
        /** The client's side, paused; called once at most. */
        Future<? extends WebSocketBase> upgrade();
    }

    /** Requests in work on this event loop. */
    int inFlight();

    /**
     * Ends realtime conversations, and refuses those that come from now on: the gateway stops, and
     * they have no end of their own that could be waited for.
     */
    void hangUp();

    /**
     * Ends what is still in work, and what comes from now on: the gateway stops, and the time that
     * requests had to finish is over. Clients get an error, in their stream where it had begun.
     */
    void abort();

    /** Gives back upstream connections. Called when the event loop takes no more requests. */
    void close();

    /** Opens a data plane for an event loop; callable from any thread. */
    interface Factory {
        DataPlane open(Context eventLoop);
    }
}
