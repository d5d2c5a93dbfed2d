package io.fairlead.gateway.admin;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads the times that operators write. Thread-safe. */
final class Times {
    static final String EXPECTED =
            "2026-11-22T10:00:00Z, 2026-11-22, Unix seconds, now, or -24h, -7d, -30m";

    private static final long MOST_SECONDS = 253_402_300_799L;

    private Times() {}

    static Optional<Instant> parse(String text, Instant now) {
        try {
            if (text.equals("now")) {
                return Optional.of(now);
            }
            if (text.startsWith("-")) {
                return Optional.of(now.minus(duration(text.substring(1))));
            }
            if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return bounded(Instant.ofEpochSecond(Long.parseLong(text)));
            }
            if (text.length() == 10) {
                return bounded(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
            }
            // A plus sign that was not percent-encoded arrives as a space.
            return bounded(OffsetDateTime.parse(text.replace(' ', '+')).toInstant());
        } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> bounded(Instant at) {
        return at.getEpochSecond() < 0 || at.getEpochSecond() > MOST_SECONDS
                ? Optional.empty()
                : Optional.of(at);
    }

    private static Duration duration(String text) {
        if (text.length() < 2 || text.length() > 7) {
            throw new DateTimeException(text);
        }
        int amount = Integer.parseUnsignedInt(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            case 'd' -> Duration.ofDays(amount);
            default -> throw new DateTimeException(text);
        };
    }
}
