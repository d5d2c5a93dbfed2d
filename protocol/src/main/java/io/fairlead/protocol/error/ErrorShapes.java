package io.fairlead.protocol.error;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.GatewayError;

/** Writes errors as the client's protocol has them. Stateless: any thread. */
public final class ErrorShapes {
    private ErrorShapes() {}

    /** Whose error shape a client understands. */
    public enum Shape {
        OPENAI,
        ANTHROPIC,
        GEMINI
    }

    /** The JSON body of an error answer. */
    public static byte[] body(Shape shape, GatewayError error, String requestId) {
        return new byte[0];
    }

    /**
     * The event that ends an OpenAI-like stream with an error after the commit point; no {@code
     * [DONE]} follows.
     *
     * @param sequenceNumber the number for a Responses event: one more than the last one seen
     */
    public static byte[] streamEvent(
            Endpoint endpoint, GatewayError error, String requestId, long sequenceNumber) {
        return new byte[0];
    }
}
