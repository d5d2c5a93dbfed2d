package io.fairlead.gateway.app;

import io.fairlead.gateway.access.Access;
import io.fairlead.gateway.cloud.Clouds;
import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.pipeline.BodyBudget;
import io.fairlead.gateway.pipeline.DataPlanes;
import io.fairlead.gateway.responses.ResponseArchive;
import io.fairlead.gateway.telemetry.Logging;
import io.fairlead.gateway.telemetry.Telemetry;

/** The rooms that a new configuration is applied to, behind the edge. Thread-safe, as each is. */
record Parts(
        Launch launch,
        Access access,
        Telemetry telemetry,
        BodyBudget bodies,
        DataPlanes dataPlanes,
        Current current,
        Simulated simulated,
        Clouds clouds,
        ResponseArchive archive,
        Logging logging) {

    void apply(GatewayConfig config) {
        simulated.apply(config);
        clouds.apply(config);
        current.apply(config);
        dataPlanes.apply(current.routes());
        access.apply(config);
        bodies.apply(Settings.bodyBudget(config));
        archive.apply(Settings.archive(config));
        telemetry.apply(Settings.telemetry(config));
    }
}
