package io.fairlead.gateway.pipeline;

import io.vertx.core.Context;

/**
 * Where the edge hands over the requests of one event loop. {@link #handle} never throws and always
 * sees to an answer. Used only on the event loop it was opened for.
 */
public interface DataPlane {
    /** Takes charge of one request up to the end of its answer. */
    void handle(ClientRequest request, ClientResponse response);

    /** Requests in work on this event loop. */
    int inFlight();

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
