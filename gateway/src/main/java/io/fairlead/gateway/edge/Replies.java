package io.fairlead.gateway.edge;

import io.fairlead.kernel.GatewayError;
import io.fairlead.protocol.error.ErrorShapes;
import io.fairlead.protocol.error.ErrorShapes.Shape;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;

import java.time.Duration;

/** Writes the answers that the edge gives itself. Stateless; called on the request's event loop. */
final class Replies {
    static final String JSON = "application/json";

    private Replies() {}

    /** Answers with {@code error} in the shape of {@code shape}. */
    static void error(Incoming in, Outgoing out, Shape shape, GatewayError error) {
        error.retryAfter()
                .ifPresent(after -> out.headers().set(HttpHeaders.RETRY_AFTER, seconds(after)));
        send(in, out, error.status(), JSON, ErrorShapes.body(shape, error, in.id()));
    }

    /** Answers with a body, or with its headers only when the client asked so. */
    static void send(Incoming in, Outgoing out, int status, String contentType, byte[] body) {
        if (out.isClosed()) {
            return;
        }
        MultiMap headers = out.headers();
        headers.set(HttpHeaders.CONTENT_TYPE, contentType);
        headers.set("x-content-type-options", "nosniff");
        out.status(status);
        if (HttpMethod.HEAD.equals(in.http().method())) {
            headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
            out.end();
        } else {
            out.end(Buffer.buffer(body));
        }
    }

    /** Whole seconds, rounded up, at least one. */
    static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusNanos(999_999_999).toSeconds()));
    }
}
