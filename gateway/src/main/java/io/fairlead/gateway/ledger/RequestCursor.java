package io.fairlead.gateway.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/**
 * The last request of a page; the next page begins behind it, whatever has been added since.
 * Immutable.
 *
 * @param startedAt when it started
 * @param sequence the store's number for it
 */
public record RequestCursor(Instant startedAt, long sequence) {

    /** The form that clients get; they need not understand it. */
    public String encode() {
        String plain = ChronoUnit.MICROS.between(Instant.EPOCH, startedAt) + ":" + sequence;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads what {@link #encode} made; anything else is absent. */
    public static Optional<RequestCursor> parse(String encoded) {
        try {
            String plain =
                    new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = plain.indexOf(':');
            if (colon < 0) {
                return Optional.empty();
            }
            long micros = Long.parseLong(plain.substring(0, colon));
            return Optional.of(
                    new RequestCursor(
                            Instant.EPOCH.plus(micros, ChronoUnit.MICROS),
                            Long.parseLong(plain.substring(colon + 1))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
