package io.fairlead.simulator.fault;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The names of faults. A name may end in a number, shown as N, which has a default: {@code
 * cut-after-events-3}, {@code drip-5} (milliseconds), {@code huge-10GB}. Stateless.
 */
public final class FaultNames {
    private static final int DEFAULT_EVENTS = 2;
    private static final int DEFAULT_BYTES = 100;
    private static final long DEFAULT_HUGE_BYTES = 1L << 30;
    private static final int DEFAULT_HEADER_BYTES = 16 * 1024;
    private static final int DEFAULT_PAUSE_MILLIS = 1;
    private static final int DEFAULT_DELAY_MILLIS = 1_000;

    private FaultNames() {}

    /** Every name, with N where a number may stand. */
    public static List<String> all() {
        return List.of(
                "reset-before-headers",
                "cut-before-headers",
                "stall-before-headers",
                "delay-N",
                "reset-after-headers",
                "cut-after-headers",
                "stall-after-headers",
                "reset-after-bytes-N",
                "cut-after-bytes-N",
                "stall-after-bytes-N",
                "reset-after-events-N",
                "cut-after-events-N",
                "stall-after-events-N",
                "drip-N",
                "429",
                "429-retry-after-N",
                "N (any status from 400 to 599)",
                "html-N",
                "malformed-json",
                "huge-N",
                "huge-event-N",
                "huge-header-N",
                "error-chunk-N",
                "error-event-N",
                "error-response-N",
                "empty",
                "done-only",
                "role-only",
                "no-end",
                "duplicate-end");
    }

    /** The fault of that name, if there is one. */
    public static Optional<Fault> parse(String name) {
        int dash = name.lastIndexOf('-');
        String tail = name.substring(dash + 1);
        boolean numbered = !tail.isEmpty() && Character.isDigit(tail.charAt(0));
        if (!numbered) {
            return Optional.ofNullable(of(name, -1));
        }
        try {
            long number = sizeOf(tail);
            return Optional.ofNullable(
                    dash < 0 ? status((int) number) : of(name.substring(0, dash), number));
        } catch (ArithmeticException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static @Nullable Fault of(String name, long number) {
        long events = number < 0 ? DEFAULT_EVENTS : number;
        long bytes = number < 0 ? DEFAULT_BYTES : number;
        return switch (name) {
            case "reset-before-headers" -> TransportFaults.resetBeforeHeaders();
            case "cut-before-headers" -> TransportFaults.cutBeforeHeaders();
            case "stall-before-headers" -> TransportFaults.stallBeforeHeaders();
            case "delay" -> TransportFaults.delay(millis(number, DEFAULT_DELAY_MILLIS));
            case "reset-after-headers" -> TransportFaults.resetAfterEvents(0);
            case "cut-after-headers" -> TransportFaults.cutAfterEvents(0);
            case "stall-after-headers" -> TransportFaults.stallAfterEvents(0);
            case "reset-after-bytes" -> TransportFaults.resetAfterBytes(bytes);
            case "cut-after-bytes" -> TransportFaults.cutAfterBytes(bytes);
            case "stall-after-bytes" -> TransportFaults.stallAfterBytes(bytes);
            case "reset-after-events" -> TransportFaults.resetAfterEvents(events);
            case "cut-after-events" -> TransportFaults.cutAfterEvents(events);
            case "stall-after-events" -> TransportFaults.stallAfterEvents(events);
            case "drip" -> TransportFaults.drip(millis(number, DEFAULT_PAUSE_MILLIS));
            case "429-retry-after" -> retryAfter(number < 0 ? 1 : number);
            case "html" -> (_, _) -> ErrorAnswers.html(number < 0 ? 502 : (int) number);
            case "malformed-json" -> StreamFaults.malformedJson();
            case "huge" -> HugeFaults.answer(number < 0 ? DEFAULT_HUGE_BYTES : number);
            case "huge-event" -> HugeFaults.event(number < 0 ? DEFAULT_HUGE_BYTES : number);
            case "huge-header" ->
                    HugeFaults.header(number < 0 ? DEFAULT_HEADER_BYTES : Math.toIntExact(number));
            case "error-chunk" -> StreamFaults.errorChunk(events);
            case "error-event" -> StreamFaults.errorEvent(events);
            case "error-response" -> StreamFaults.errorResponse(events);
            case "empty" -> StreamFaults.empty();
            case "done-only" -> StreamFaults.doneOnly();
            case "role-only" -> StreamFaults.roleOnly();
            case "no-end" -> StreamFaults.noEnd();
            case "duplicate-end" -> StreamFaults.duplicateEnd();
            default -> null;
        };
    }

    private static @Nullable Fault status(int status) {
        return status < 400 || status > 599 ? null : (_, _) -> ErrorAnswers.of(status);
    }

    private static Fault retryAfter(long seconds) {
        return (_, _) -> ErrorAnswers.of(429).withHeader("retry-after", Long.toString(seconds));
    }

    private static Duration millis(long number, int otherwise) {
        return Duration.ofMillis(number < 0 ? otherwise : number);
    }

    private static long sizeOf(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        long factor = upper.endsWith("GB") ? 1L << 30 : upper.endsWith("MB") ? 1L << 20 : 1L << 10;
        return upper.endsWith("B")
                ? Math.multiplyExact(factor, Long.parseLong(upper.substring(0, upper.length() - 2)))
                : Long.parseLong(upper);
    }
}
