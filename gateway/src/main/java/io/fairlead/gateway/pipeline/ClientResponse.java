package io.fairlead.gateway.pipeline;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * The way back to a client. The head goes out with the first {@link #write}, {@link #end} or {@link
 * #sendHead}. Used only on the event loop that runs its connection.
 */
public interface ClientResponse {
    /** Sets the status; only before the head is out. */
    void status(int status);

    /** The headers to be sent; changes count only before the head is out. */
    MultiMap headers();

    /** Sends status and headers now, chunked, before there is a body. */
    void sendHead();

    boolean headSent();

    /** Writes and flushes; the first call makes the answer chunked. Ignored once closed. */
    void write(Buffer piece);

    /** Ends the answer; as the only call it makes {@code content-length}. Ignored once closed. */
    void end(Buffer last);

    void end();

    /** Whether the client takes bytes slower than they are written. */
    boolean writeQueueFull();

    /** Called each time the queue has room again. */
    void onDrain(Runnable drained);

    /** Called at most once, when the client goes away before {@link #end} was written out. */
    void onClose(Runnable closed);

    /** Whether the client is gone. */
    boolean isClosed();

    /**
     * Cuts the answer so that the client can't take it for complete: resets an HTTP/2 stream,
     * closes an HTTP/1.1 connection.
     */
    void reset();
}
