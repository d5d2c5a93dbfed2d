package io.fairlead.protocol.error;

import io.fairlead.kernel.ProviderFault;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Tells what a provider's error answer means for the attempt. Stateless: any thread. */
public final class ProviderFaults {
    private ProviderFaults() {}

    /**
     * Classifies an answer whose status is not 2xx.
     *
     * @param headers gives a header's first value by its lower-case name, or null
     * @param body the beginning of the body, decompressed
     * @param now for {@code retry-after} dates
     */
    public static ProviderFault classify(
            int status, Function<String, @Nullable String> headers, byte[] body, Instant now) {
        return new ProviderFault.ServerError(status, "");
    }

    /** When the provider says to come back, from any of the headers in use. */
    public static Optional<java.time.Duration> retryAfter(
            Function<String, @Nullable String> headers, Instant now) {
        return Optional.empty();
    }
}
