package io.fairlead.gateway.app;

import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.config.StorageConfig;
import io.fairlead.gateway.ledger.Retention;
import io.fairlead.gateway.pipeline.ExchangeLimits;
import io.fairlead.gateway.responses.ArchiveLimits;
import io.fairlead.gateway.telemetry.TelemetrySettings;
import io.fairlead.gateway.upstream.PoolLimits;

/** What each room is told of a configuration, in its own words. Stateless. */
final class Settings {
    /** How much of each body is stored, where that is switched on; the journal takes no more. */
    private static final int STORED_BODY_BYTES = 256 * 1024;

    private Settings() {}

    static TelemetrySettings telemetry(GatewayConfig config) {
        return new TelemetrySettings(TelemetrySettings.RequestLog.ALL, config.log().slow(), false);
    }

    /**
     * Bodies may take what the operator says, but not more than two fifths of the heap there is.
     */
    static long bodyBudget(GatewayConfig config) {
        long heap = Runtime.getRuntime().maxMemory();
        return Math.min(config.server().limits().maxBuffered().bytes(), heap / 5 * 2);
    }

    static ArchiveLimits archive(GatewayConfig config) {
        StorageConfig.Responses kept = config.storage().responses();
        return new ArchiveLimits(kept.age(), kept.size().bytes());
    }

    static Retention retention(GatewayConfig config) {
        StorageConfig.Retention kept = config.storage().retention();
        return new Retention(kept.age(), kept.size().map(size -> size.bytes()));
    }

    static PoolLimits pools(GatewayConfig config) {
        return new PoolLimits(
                config.upstream().maxConnections(),
                config.upstream().maxWaiting(),
                config.upstream().keepAlive(),
                PoolLimits.DEFAULT.lifetime());
    }

    static ExchangeLimits exchange(GatewayConfig config) {
        ExchangeLimits usual = ExchangeLimits.DEFAULT;
        return new ExchangeLimits(
                config.server().maxBody().bytes(),
                config.server().limits().body(),
                config.stream().hold(),
                usual.keepAlive(),
                usual.maxHeldBytes(),
                usual.maxEventBytes(),
                config.upstream().maxAnswer().bytes(),
                usual.clientStall(),
                config.storage().bodies() ? STORED_BODY_BYTES : 0);
    }
}
