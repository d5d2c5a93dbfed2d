package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.responses.Recalled;
import io.fairlead.gateway.routing.RoutePlan;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;

import java.util.Optional;

/**
 * The response that a request goes on from, or asks for, and what is known of it. Immutable, as
 * long as nobody changes bytes.
 */
record NamedResponse(String id, Recalled recalled) {
    /** Whether the gateway keeps it. */
    boolean here() {
        return recalled instanceof Recalled.Here;
    }

    /** The provider that keeps it; empty: nobody here knows. */
    Optional<String> keeper() {
        return recalled instanceof Recalled.KeptBy(String provider)
                ? Optional.of(provider)
                : Optional.empty();
    }

    /**
     * Those of the plan's candidates that can go on from it.
     *
     * @throws GatewayException {@code invalid_request}, if none can
     */
    RoutePlan keptIn(RoutePlan plan) {
        Optional<String> keeper = keeper();
        if (keeper.isEmpty()) {
            return plan;
        }
        return plan.keptBy(keeper.get())
                .orElseThrow(() ->
                        new GatewayException(
                                GatewayError.of(
                                                ErrorCode.INVALID_REQUEST,
                                                "previous_response_id: the response is kept by "
                                                        + keeper.get()
                                                        + ", and "
                                                        + plan.requested()
                                                        + " is not served there (expected: a"
                                                        + " response of the model's provider).")
                                        .withParam("previous_response_id")));
    }
}
