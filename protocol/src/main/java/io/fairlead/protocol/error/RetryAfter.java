package io.fairlead.protocol.error;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads when a provider says to come back: {@code retry-after-ms}, {@code retry-after} in seconds
 * or as a date (RFC 9110), else OpenAI's {@code x-ratelimit-reset-…} of an exhausted limit.
 * Stateless: any thread.
 */
final class RetryAfter {
    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    static Optional<Duration> read(Function<String, @Nullable String> headers, Instant now) {
        Optional<Duration> millis = number(headers.apply("retry-after-ms"), 3);
        if (millis.isPresent()) {
            return millis;
        }
        String after = headers.apply("retry-after");
        if (after != null) {
            Optional<Duration> seconds = number(after, 0);
            return seconds.isPresent() ? seconds : untilDate(after, now);
        }
        Optional<Duration> requests = reset(headers, "requests");
        Optional<Duration> tokens = reset(headers, "tokens");
        if (requests.isPresent() && tokens.isPresent()) {
            return requests.get().compareTo(tokens.get()) > 0 ? requests : tokens;
        }
        return requests.or(() -> tokens);
    }

    /** Seconds, or milliseconds with three digits shifted; nothing when it is no such number. */
    private static Optional<Duration> number(@Nullable String text, int shift) {
        if (text == null || text.length() > 20 || !isPlain(text.strip())) {
            return Optional.empty();
        }
        try {
            BigDecimal seconds = new BigDecimal(text.strip()).movePointLeft(shift);
            if (seconds.precision() - seconds.scale() > 9) {
                return Optional.empty();
            }
            return Optional.of(bounded(Duration.ofNanos(seconds.movePointRight(9).longValue())));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> untilDate(String text, Instant now) {
        try {
            Instant date =
                    ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
            Duration wait = Duration.between(now, date);
            return Optional.of(bounded(wait.isNegative() ? Duration.ZERO : wait));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> reset(
            Function<String, @Nullable String> headers, String limit) {
        String remaining = headers.apply("x-ratelimit-remaining-" + limit);
        String reset = headers.apply("x-ratelimit-reset-" + limit);
        if (reset == null || remaining == null || !remaining.strip().equals("0")) {
            return Optional.empty();
        }
        Optional<Duration> seconds = number(reset, 0);
        return seconds.isPresent() ? seconds : spans(reset.strip());
    }

    /** Go's notation: {@code 1h2m3.5s}, {@code 59ms}. */
    private static Optional<Duration> spans(String text) {
        Duration sum = Duration.ZERO;
        int at = 0;
        while (at < text.length()) {
            int start = at;
            while (at < text.length() && isNumeral(text.charAt(at))) {
                at++;
            }
            int unit = at;
            while (at < text.length() && !isNumeral(text.charAt(at))) {
                at++;
            }
            Optional<Duration> seconds = number(text.substring(start, unit), 0);
            if (seconds.isEmpty()) {
                return Optional.empty();
            }
            Duration part = seconds.get();
            switch (text.substring(unit, at)) {
                case "ms" -> sum = sum.plus(part.dividedBy(1000));
                case "s" -> sum = sum.plus(part);
                case "m" -> sum = sum.plus(part.multipliedBy(60));
                case "h" -> sum = sum.plus(part.multipliedBy(3600));
                case "d" -> sum = sum.plus(part.multipliedBy(86_400));
                default -> {
                    return Optional.empty();
                }
            }
            sum = bounded(sum);
        }
        return Optional.of(sum);
    }

    /** Without an exponent: to write {@code 1e9999999} out takes seconds. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isNumeral(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumeral(char c) {
        return (c >= '0' && c <= '9') || c == '.';
    }

    private static Duration bounded(Duration wait) {
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
