package io.fairlead.gateway.edge;

import io.fairlead.gateway.access.Access;
import io.fairlead.gateway.pipeline.DataPlane;
import io.fairlead.gateway.telemetry.Telemetry;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What the edge stands in front of. Immutable.
 *
 * @param dataPlanes opens one data plane for each event loop
 * @param models what the list of models shows
 * @param control the admin API
 * @param access who calls
 * @param telemetry where answers are counted
 * @param ready conditions of readiness by name ({@code ledger}); volatile reads
 * @param clock wall-clock time
 * @param version version of the product
 */
public record EdgeParts(
        DataPlane.Factory dataPlanes,
        ModelList models,
        ControlPlane control,
        Access access,
        Telemetry telemetry,
        Map<String, BooleanSupplier> ready,
        InstantSource clock,
        String version) {

    public EdgeParts {
        ready = Map.copyOf(ready);
    }
}
