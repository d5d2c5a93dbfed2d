package io.fairlead.gateway.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** Reads and writes amounts with their units. Stateless. */
final class Units {
    /** Keeps every duration small enough to be counted in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final int MAX_DIGITS = 13;

    private Units() {}

    static Optional<Long> whole(String text, long least, long most) {
        if (text.isEmpty() || text.length() > MAX_DIGITS || !isDigits(text)) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(text)).filter(n -> n >= least && n <= most);
    }

    static Optional<Duration> duration(String text) {
        int split = digits(text);
        String unit = text.substring(split);
        return whole(text.substring(0, split), 0, Long.MAX_VALUE)
                .flatMap(amount ->
                        switch (unit) {
                            case "ms" -> Optional.of(Duration.ofMillis(amount));
                            case "s" -> Optional.of(Duration.ofSeconds(amount));
                            case "m" -> Optional.of(Duration.ofMinutes(amount));
                            case "h" -> Optional.of(Duration.ofHours(amount));
                            case "d" -> Optional.of(Duration.ofDays(amount));
                            default -> Optional.<Duration>empty();
                        })
                .filter(value -> value.compareTo(LONGEST) <= 0);
    }

    /** As the file writes it, in the largest unit that is exact. */
    static String show(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes % 60 != 0) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        return hours % 24 == 0 ? hours / 24 + "d" : hours + "h";
    }

    static Optional<DataSize> size(String text) {
        int split = digits(text);
        int shift =
                switch (text.substring(split)) {
                    case "B" -> 0;
                    case "KB" -> 10;
                    case "MB" -> 20;
                    case "GB" -> 30;
                    default -> -1;
                };
        if (shift < 0) {
            return Optional.empty();
        }
        return whole(text.substring(0, split), 0, Long.MAX_VALUE >> shift)
                .map(amount -> new DataSize(amount << shift));
    }

    static Optional<Instant> instant(String text) {
        try {
            return Optional.of(
                    text.indexOf('T') < 0
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** Without trailing slashes. */
    static Optional<URI> httpUrl(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        try {
            URI url = new URI(text.substring(0, end));
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            boolean good =
                    (scheme.equals("http") || scheme.equals("https"))
                            && url.getHost() != null
                            && url.getPort() <= 65_535
                            && url.getRawUserInfo() == null
                            && url.getRawQuery() == null
                            && url.getRawFragment() == null;
            return good ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static int digits(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    private static boolean isDigits(String text) {
        return digits(text) == text.length();
    }
}
