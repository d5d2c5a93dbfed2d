package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.error.ErrorShapes.Shape;
import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.function.BiConsumer;

/**
 * One request of a client as the edge hands it over: the head is read, the body is paused. Used
 * only on the event loop that runs its connection.
 */
public interface ClientRequest {
    /** The request id, unique; also {@code x-fairlead-request-id}. */
    String id();

    /** The operation, as told by the path. */
    Endpoint endpoint();

    /** In which shape errors go out. */
    Shape errorShape();

    /** Whether the client speaks OpenAI's protocols as OpenRouter does. */
    default boolean openRouterForm() {
        return false;
    }

    /** The HTTP method, upper case. */
    String method();

    /**
     * What follows the endpoint's own path, raw (still percent-encoded), empty or beginning with
     * {@code /}: {@code /resp_123} of {@code /v1/responses/resp_123}; {@code /openai/v1/files} of
     * {@code /passthrough/openai/v1/files}.
     */
    String remainder();

    /** The raw query without {@code ?}; empty when there is none. */
    String query();

    /** The first value of a header. */
    @Nullable String header(String name);

    /** Every header in the order received; a name may come several times. */
    void headers(BiConsumer<String, String> visitor);

    /** The peer's address without the port. */
    String peerAddress();

    /** {@link System#nanoTime()} when the head was read. */
    long receivedNanos();

    /** Wall-clock time when the head was read. */
    Instant receivedAt();

    /** The declared body size; -1 when it is not declared. */
    long contentLength();

    /**
     * Starts reading the body. May be called once, also later than the call that handed it over.
     */
    void read(BodySink sink);

    /** Stops reading until {@link #resume}; what the socket has already given may still come. */
    void pause();

    void resume();

    /** Takes a request body piece by piece: any number of {@code data}, then one of the others. */
    interface BodySink {
        /** A piece; it belongs to the sink from here on. */
        void data(Buffer piece);

        void end();

        /** The body is broken: the client cut it or sent bad framing. */
        void failed(Throwable cause);
    }
}
