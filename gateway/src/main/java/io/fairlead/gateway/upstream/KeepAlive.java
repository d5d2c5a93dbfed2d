package io.fairlead.gateway.upstream;

import java.time.Duration;
import java.util.Optional;

/** The header {@code Keep-Alive: timeout=5, max=100} of HTTP/1.1 servers. Stateless. */
final class KeepAlive {
    private static final String TIMEOUT = "timeout=";
    private static final int MOST_DIGITS = 6;

    private KeepAlive() {}

    /** For how long the server keeps a connection that is free, if it says so. */
    static Optional<Duration> timeout(String header) {
        for (String part : header.split(",", 8)) {
            String parameter = part.strip();
            if (parameter.regionMatches(true, 0, TIMEOUT, 0, TIMEOUT.length())) {
                String digits = parameter.substring(TIMEOUT.length());
                boolean number =
                        !digits.isEmpty()
                                && digits.length() <= MOST_DIGITS
                                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
                return number
                        ? Optional.of(Duration.ofSeconds(Integer.parseInt(digits)))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
