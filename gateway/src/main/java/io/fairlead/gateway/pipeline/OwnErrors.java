package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;

import java.time.Duration;

/** What clients are told where neither they nor a provider did anything wrong. Stateless. */
final class OwnErrors {
    /** When another instance, or this one started anew, may answer. */
    private static final Duration SOON = Duration.ofSeconds(5);

    /** A defect of ours, about which the log says more. */
    static final GatewayError DEFECT =
            GatewayError.of(ErrorCode.INTERNAL, "Something went wrong in the gateway.");

    private OwnErrors() {}

    /** The ledger can't record. */
    static GatewayError unrecorded() {
        return GatewayError.of(
                        ErrorCode.LEDGER_UNAVAILABLE,
                        "The gateway can't record requests at the moment, so it serves none.")
                .withRetryAfter(SOON);
    }

    /**
     * The gateway stops.
     *
     * @param what that would have had to be waited for: "this answer"
     */
    static GatewayError stopping(String what) {
        return GatewayError.of(
                        ErrorCode.OVERLOADED,
                        "The gateway is shutting down and could not wait for the end of "
                                + what
                                + ".")
                .withRetryAfter(SOON);
    }
}
