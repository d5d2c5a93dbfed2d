package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.error.ProviderFaults;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

import java.time.Instant;
import java.util.Locale;

/**
 * An answer of a provider that is no success: its beginning is kept, to be classified and, where it
 * is the request's own fault, handed on. Confined to its attempt.
 */
final class ErrorAnswer {
    private static final int MOST_BYTES = 64 * 1024;

    private final int status;
    private final MultiMap headers;
    private final Buffer body = Buffer.buffer();

    ErrorAnswer(int status, MultiMap headers) {
        this.status = status;
        this.headers = headers;
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
        return body.getBytes();
    }

    boolean isJson() {
        String type = headers.get("content-type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    ProviderFault classify(Instant now) {
        return ProviderFaults.classify(status, headers::get, body(), now);
    }
}
