package io.fairlead.gateway.app;

import io.fairlead.gateway.config.UpstreamConfig;
import io.fairlead.gateway.upstream.HttpUpstream;
import io.fairlead.gateway.upstream.PoolLimits;
import io.fairlead.gateway.upstream.Upstream;
import io.vertx.core.Context;
import java.util.function.Function;

/** Makes the connections to providers for each event loop. Stateless. */
final class Upstreams {
    private Upstreams() {}

    static Function<Context, Upstream> of(UpstreamConfig config) {
        PoolLimits limits =
                new PoolLimits(
                        config.maxConnections(),
                        config.maxWaiting(),
                        config.keepAlive(),
                        PoolLimits.DEFAULT.lifetime());
        return loop -> new HttpUpstream(loop.owner(), limits);
    }
}
