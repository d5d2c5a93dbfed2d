package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.upstream.AnswerHeaders;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.Money;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes status and headers of answers, ours among them. Stateless. */
final class AnswerHead {
    private static final CharSequence REQUEST_ID =
            HttpHeaders.createOptimized("x-fairlead-request-id");
    private static final CharSequence MODEL = HttpHeaders.createOptimized("x-fairlead-model");
    private static final CharSequence ATTEMPTS = HttpHeaders.createOptimized("x-fairlead-attempts");
    private static final CharSequence COST = HttpHeaders.createOptimized("x-fairlead-cost");
    private static final CharSequence CACHE = HttpHeaders.createOptimized("x-fairlead-cache");

    /** A provider is asked each time: there is no cache yet. */
    private static final CharSequence MISS = HttpHeaders.createOptimized("miss");

    private static final CharSequence OVERHEAD =
            HttpHeaders.createOptimized("x-fairlead-overhead-us");
    private static final CharSequence DROPPED = HttpHeaders.createOptimized("x-fairlead-dropped");
    private static final CharSequence CONTENT_TYPE = HttpHeaders.CONTENT_TYPE;

    private AnswerHead() {}

    /** What our headers say. */
    record Notes(
            String requestId,
            String model,
            int attempts,
            List<String> dropped,
            Optional<Money> cost,
            long overheadMicros) {}

    /** The head of a provider's answer. */
    static void answer(ClientResponse response, int status, MultiMap provided, Notes notes) {
        response.status(status);
        MultiMap headers = response.headers();
        AnswerHeaders.pass(provided, headers);
        put(headers, notes);
    }

    /** What a stream of events has besides. */
    static void events(MultiMap headers) {
        if (!headers.contains(CONTENT_TYPE)) {
            headers.set(CONTENT_TYPE, "text/event-stream");
        }
        headers.set("cache-control", "no-cache");
        headers.set("x-accel-buffering", "no");
    }

    /**
     * The head of a stream that is kept waiting. Which deployment will answer, after how many
     * attempts, is not known, so it says nothing of that.
     */
    static void open(ClientResponse response, String requestId, String contentType) {
        response.status(200);
        MultiMap headers = response.headers();
        headers.set(CONTENT_TYPE, contentType);
        headers.set(REQUEST_ID, requestId);
        headers.set(CACHE, MISS);
        events(headers);
    }

    /** The head of an error, with the notes as far as there was an attempt. */
    static void error(
            ClientResponse response, GatewayError error, String requestId, Optional<Notes> notes) {
        response.status(error.status());
        MultiMap headers = response.headers();
        headers.set(CONTENT_TYPE, "application/json");
        error.retryAfter()
                .ifPresent(wait -> headers.set("retry-after", Long.toString(seconds(wait))));
        headers.set(REQUEST_ID, requestId);
        notes.ifPresent(it -> put(headers, it));
    }

    /** Whole seconds, rounded up, at least one: earlier would be too early. */
    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }

    private static void put(MultiMap headers, Notes notes) {
        headers.set(REQUEST_ID, notes.requestId());
        headers.set(MODEL, printable(notes.model()));
        headers.set(CACHE, MISS);
        headers.set(ATTEMPTS, Integer.toString(notes.attempts()));
        headers.set(OVERHEAD, Long.toString(notes.overheadMicros()));
        if (notes.cost().isPresent()) {
            headers.set(COST, notes.cost().get().toDecimal());
        }
        if (!notes.dropped().isEmpty()) {
            headers.set(DROPPED, String.join(", ", notes.dropped()));
        }
    }

    /** A model's name may be anything that a client sent; a header may not. */
    private static String printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!printable(text.charAt(i))) {
                StringBuilder safe = new StringBuilder(text);
                for (int j = i; j < safe.length(); j++) {
                    if (!printable(safe.charAt(j))) {
                        safe.setCharAt(j, '?');
                    }
                }
                return safe.toString();
            }
        }
        return text;
    }

    private static boolean printable(char c) {
        return c >= ' ' && c < 0x7F;
    }
}
