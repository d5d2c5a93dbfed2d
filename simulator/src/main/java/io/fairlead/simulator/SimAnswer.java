package io.fairlead.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a simulated provider does with a request, from the moment the request is complete.
 * Immutable.
 */
public sealed interface SimAnswer {

    /** An HTTP answer: after {@code delay} the head, then the body's steps. */
    record Reply(Duration delay, int status, List<Header> headers, SimBody body)
            implements SimAnswer {
        public Reply {
            headers = List.copyOf(headers);
        }

        public Reply after(Duration newDelay) {
            return new Reply(newDelay, status, headers, body);
        }

        public Reply withBody(UnaryOperator<SimBody> change) {
            return new Reply(delay, status, headers, change.apply(body));
        }

        public Reply withHeader(String name, String value) {
            List<Header> more = new ArrayList<>(headers);
            more.add(new Header(name, value));
            return new Reply(delay, status, more, body);
        }
    }

    /** The connection is closed before any byte of an answer, in an orderly way (FIN). */
    record Hangup(Duration delay) implements SimAnswer {}

    /** The connection is torn down before any byte of an answer (RST). */
    record Reset(Duration delay) implements SimAnswer {}

    /** No answer, ever; the connection stays open. */
    record Silence() implements SimAnswer {}

    /** A JSON answer, at once. */
    static Reply json(int status, String json) {
        return bytes(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    static Reply bytes(int status, String contentType, byte[] bytes) {
        return new Reply(
                Duration.ZERO,
                status,
                List.of(new Header("content-type", contentType)),
                SimBody.of(bytes));
    }

    /** A 200 with server-sent events. */
    static Reply eventStream(SimBody body) {
        return new Reply(
                Duration.ZERO,
                200,
                List.of(
                        new Header("content-type", "text/event-stream; charset=utf-8"),
                        new Header("cache-control", "no-cache")),
                body);
    }
}
