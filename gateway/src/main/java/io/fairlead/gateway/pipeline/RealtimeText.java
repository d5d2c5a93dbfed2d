package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * Puts the fragments of text messages of one side together; they go on as one frame, as RFC 6455
 * lets intermediaries do. Binary messages are not held. Confined to one event loop.
 */
final class RealtimeText {
    private final int largest;
    private final BodyBudget bodies;
    private long reserved;
    private @Nullable Buffer held;
    private byte @Nullable [] whole;
    private boolean single;
    private boolean tooLarge;
    private boolean noRoom;

    RealtimeText(int largest, BodyBudget bodies) {
        this.largest = largest;
        this.bodies = bodies;
    }

    static GatewayError noRoom() {
        return GatewayError.of(
                ErrorCode.OVERLOADED, "The gateway holds as many bodies and messages as it may.");
    }

    /** Takes a frame of a text message; false: it is of a binary one. */
    boolean takes(WebSocketFrame frame) {
        whole = null;
        if (frame.isText()) {
            single = frame.isFinal();
            held = single ? null : Buffer.buffer();
            whole = single ? frame.binaryData().getBytes() : null;
            if (held != null) {
                gather(held, frame.binaryData());
            }
            return true;
        }
        if (held == null || frame.isBinary()) {
            return false;
        }
        Buffer gathered = held;
        tooLarge = (long) gathered.length() + frame.binaryData().length() > largest;
        if (!tooLarge) {
            gather(gathered, frame.binaryData());
        }
        if (frame.isFinal() && !tooLarge && !noRoom) {
            whole = gathered.getBytes();
            release();
        }
        return true;
    }

    private void gather(Buffer gathered, Buffer piece) {
        noRoom |= !bodies.reserve(piece.length());
        if (!noRoom) {
            reserved += piece.length();
            gathered.appendBuffer(piece);
        }
    }

    /** Lets go what was gathered. */
    void release() {
        held = null;
        bodies.release(reserved);
        reserved = 0;
    }

    /**
     * The message, if it is complete now.
     *
     * @throws GatewayException if it is too large, or there is no room for it
     */
    byte @Nullable [] whole() {
        if (noRoom) {
            throw new GatewayException(noRoom());
        }
        if (tooLarge) {
            throw new GatewayException(
                    ErrorCode.REQUEST_TOO_LARGE, "A message has more than " + largest + " bytes.");
        }
        return whole;
    }

    /** The message as one frame: the one that came, if it came as one. */
    WebSocketFrame same(WebSocketFrame last) {
        byte[] all = whole;
        return single || all == null
                ? last
                : WebSocketFrame.textFrame(new String(all, StandardCharsets.UTF_8), true);
    }
}
