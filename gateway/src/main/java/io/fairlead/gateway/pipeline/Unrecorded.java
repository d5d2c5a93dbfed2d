package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;

import java.time.Duration;

/** What clients are told while the ledger can't record. Stateless. */
final class Unrecorded {
    private static final Duration SOON = Duration.ofSeconds(5);

    private Unrecorded() {}

    static GatewayError error() {
        return GatewayError.of(
                        ErrorCode.LEDGER_UNAVAILABLE,
                        "The gateway can't record requests at the moment, so it serves none.")
                .withRetryAfter(SOON);
    }
}
