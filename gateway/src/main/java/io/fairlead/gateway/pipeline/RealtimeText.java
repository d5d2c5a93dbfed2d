package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.ErrorCode;
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
    private @Nullable Buffer held;
    private byte @Nullable [] whole;
    private boolean single;
    private boolean tooLarge;

    RealtimeText(int largest) {
        this.largest = largest;
    }

    /** Takes a frame of a text message; false: it is of a binary one. */
    boolean takes(WebSocketFrame frame) {
        whole = null;
        if (frame.isText()) {
            single = frame.isFinal();
            held = single ? null : Buffer.buffer().appendBuffer(frame.binaryData());
            whole = single ? frame.binaryData().getBytes() : null;
            return true;
        }
        if (held == null || frame.isBinary()) {
            return false;
        }
        Buffer gathered = held;
        tooLarge = (long) gathered.length() + frame.binaryData().length() > largest;
        if (!tooLarge) {
            gathered.appendBuffer(frame.binaryData());
        }
        if (frame.isFinal() && !tooLarge) {
            held = null;
            whole = gathered.getBytes();
        }
        return true;
    }

    /**
     * The message, if it is complete now.
     *
     * @throws GatewayException if it is too large
     */
    byte @Nullable [] whole() {
        if (tooLarge) {
            held = null;
            throw new GatewayException(
                    ErrorCode.REQUEST_TOO_LARGE, "A message has more than " + largest + " bytes.");
        }
        return whole;
    }

    boolean isTooLarge() {
        return tooLarge;
    }

    /** The message as one frame: the one that came, if it came as one. */
    WebSocketFrame same(WebSocketFrame last) {
        byte[] all = whole;
        return single || all == null
                ? last
                : WebSocketFrame.textFrame(new String(all, StandardCharsets.UTF_8), true);
    }
}
