package io.fairlead.gateway.telemetry;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The place of one request in a distributed trace, after <a
 * href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a> level 1. What a client sends is
 * taken strictly: a malformed {@code traceparent} is ignored together with its {@code tracestate},
 * and a trace of our own begins. Immutable.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId our own span: 16 lower-case hexadecimal digits, not all zero
 * @param parentId the client's span; absent when the trace begins here
 * @param flags 2 lower-case hexadecimal digits; {@code 01}: sampled
 * @param tracestate the client's vendor data, passed on as it is
 */
public record TraceContext(
        String traceId,
        String spanId,
        Optional<String> parentId,
        String flags,
        Optional<String> tracestate) {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
    private static final int TRACE_AT = 3;
    private static final int PARENT_AT = 36;
    private static final int FLAGS_AT = 53;
    private static final int LENGTH = 55;
    private static final int MOST_STATE_LENGTH = 2048;
    private static final int MOST_STATE_MEMBERS = 32;

    /** A trace that begins here. */
    public static TraceContext begin() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new TraceContext(
                hex(random.nextLong()) + hex(random.nextLong() | 1),
                newSpanId(),
                Optional.empty(),
                "00",
                Optional.empty());
    }

    /** The trace that the request's headers name, or one that begins here. */
    public static TraceContext of(@Nullable String traceparent, List<String> tracestate) {
        if (traceparent == null || !valid(traceparent)) {
            return begin();
        }
        return new TraceContext(
                traceparent.substring(TRACE_AT, TRACE_AT + 32),
                newSpanId(),
                Optional.of(traceparent.substring(PARENT_AT, PARENT_AT + 16)),
                traceparent.substring(FLAGS_AT, LENGTH),
                joined(tracestate));
    }

    /** A new {@code traceparent} for one call to a provider: a child of our span. */
    public String childTraceparent() {
        return "00-" + traceId + "-" + newSpanId() + "-" + flags;
    }

    /** Whether the client sent a usable trace context. */
    public boolean continued() {
        return parentId.isPresent();
    }

    private static boolean valid(String header) {
        int length = header.length();
        if (length < LENGTH || (length > LENGTH && header.charAt(LENGTH) != '-')) {
            return false;
        }
        boolean versionZero = header.charAt(0) == '0' && header.charAt(1) == '0';
        boolean versionForbidden = header.charAt(0) == 'f' && header.charAt(1) == 'f';
        return !versionForbidden
                && (!versionZero || length == LENGTH)
                && hexDigits(header, 0, 2)
                && header.charAt(2) == '-'
                && hexDigits(header, TRACE_AT, 32)
                && !zeros(header, TRACE_AT, 32)
                && header.charAt(PARENT_AT - 1) == '-'
                && hexDigits(header, PARENT_AT, 16)
                && !zeros(header, PARENT_AT, 16)
                && header.charAt(FLAGS_AT - 1) == '-'
                && hexDigits(header, FLAGS_AT, 2);
    }

    private static boolean hexDigits(String text, int from, int count) {
        for (int i = from; i < from + count; i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }

    private static boolean zeros(String text, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }

    /** Several header lines are one list; a list that is too long or has odd bytes is dropped. */
    private static Optional<String> joined(List<String> lines) {
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String state = lines.size() == 1 ? lines.getFirst() : String.join(",", lines);
        if (state.isBlank() || state.length() > MOST_STATE_LENGTH) {
            return Optional.empty();
        }
        int members = 1;
        for (int i = 0; i < state.length(); i++) {
            char c = state.charAt(i);
            if (c == ',') {
                members++;
            } else if (c != '\t' && (c < 0x20 || c > 0x7E)) {
                return Optional.empty();
            }
        }
        return members > MOST_STATE_MEMBERS ? Optional.empty() : Optional.of(state);
    }

    private static String newSpanId() {
        return hex(ThreadLocalRandom.current().nextLong() | 1);
    }

    private static String hex(long value) {
        byte[] digits = new byte[16];
        for (int i = 0; i < 16; i++) {
            digits[i] = HEX[(int) (value >>> (60 - 4 * i)) & 0xF];
        }
        return new String(digits, StandardCharsets.ISO_8859_1);
    }
}
