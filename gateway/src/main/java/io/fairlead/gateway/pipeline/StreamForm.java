package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.GatewayError;
import io.fairlead.protocol.error.ErrorShapes;
import io.vertx.core.buffer.Buffer;

import java.nio.charset.StandardCharsets;

/** How a client wants the pieces of its stream: as events, or as elements of one JSON array. */
enum StreamForm {
    EVENTS("text/event-stream", ": keep-alive\n\n"),
    /** Gemini's without {@code alt=sse}. */
    ARRAY("application/json; charset=UTF-8", "\n");

    private final String contentType;

    @SuppressWarnings("ImmutableEnumChecker") // a copy is sent
    private final Buffer keepAlive;

    StreamForm(String contentType, String keepAlive) {
        this.contentType = contentType;
        this.keepAlive = Buffer.buffer(keepAlive);
    }

    static StreamForm of(ClientRequest request) {
        return request.endpoint() == Endpoint.GENERATE_CONTENT
                        && ContentTarget.of(request.remainder(), request.query()).array()
                ? ARRAY
                : EVENTS;
    }

    String contentType() {
        return contentType;
    }

    /** What says nothing, and keeps client and proxies from giving up. */
    Buffer keepAlive() {
        return keepAlive.copy();
    }

    /**
     * The end of a stream that broke.
     *
     * @param begun whether something of the answer went out
     * @param sequenceNumber see {@link ErrorShapes#streamEvent}
     */
    byte[] error(ClientRequest request, GatewayError error, boolean begun, long sequenceNumber) {
        return switch (this) {
            case EVENTS ->
                    ErrorShapes.streamEvent(
                            request.endpoint(), error, request.id(), sequenceNumber);
            case ARRAY -> {
                byte[] body = ErrorShapes.body(request.errorShape(), error, request.id());
                String element = new String(body, StandardCharsets.UTF_8);
                yield ((begun ? ",\r\n" : "[") + element + "]").getBytes(StandardCharsets.UTF_8);
            }
        };
    }
}
