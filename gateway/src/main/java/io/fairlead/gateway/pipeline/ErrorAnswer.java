package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.error.ProviderFaults;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

import java.time.Instant;

/**
 * An answer of a provider that is no success: its beginning is kept, to be classified and, where it
 * is the request's own fault, handed on. Confined to its attempt.
 */
final class ErrorAnswer {
    private static final int MOST_BYTES = 64 * 1024;

    private final int status;
    private final MultiMap headers;
    private final SentSecrets sent;
    private final Buffer body = Buffer.buffer();

    /**
     * @param sent what was sent in confidence: no client and no log may see it echoed
     */
    ErrorAnswer(int status, MultiMap headers, SentSecrets sent) {
        this.status = status;
        this.headers = headers;
        this.sent = sent;
    }

    /** Takes a piece; true: this is enough of it. */
    boolean add(Buffer piece) {
        int room = MOST_BYTES - body.length();
        body.appendBuffer(piece, 0, Math.min(room, piece.length()));
        return body.length() >= MOST_BYTES;
    }

    int status() {
        return status;
    }

    MultiMap headers() {
        return headers;
    }

    byte[] body() {
        return sent.hide(body.getBytes());
    }

    /** Whether the body is an object; some providers give it no content type, or a wrong one. */
    boolean isJson() {
        for (int i = 0; i < body.length(); i++) {
            byte next = body.getByte(i);
            if (next > ' ' || next < 0) {
                return next == '{';
            }
        }
        return false;
    }

    ProviderFault classify(Instant now) {
        return ProviderFaults.classify(status, headers::get, body(), now);
    }
}
