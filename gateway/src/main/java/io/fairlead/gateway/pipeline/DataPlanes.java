package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.upstream.Upstream;
import io.vertx.core.Context;

import java.util.function.Function;

/** Opens the data plane of each event loop, and swaps what they all route by. Thread-safe. */
public final class DataPlanes implements DataPlane.Factory {
    private final Steps steps;
    private final Function<Context, Upstream> upstreams;
    private volatile Routes routes;

    /**
     * @param upstreams makes the connections to providers for one event loop
     */
    public DataPlanes(Steps steps, Routes routes, Function<Context, Upstream> upstreams) {
        this.steps = steps;
        this.routes = routes;
        this.upstreams = upstreams;
    }

    /** Requests that begin from now on go by {@code newRoutes}. */
    public void apply(Routes newRoutes) {
        routes = newRoutes;
    }

    @Override
    public DataPlane open(Context eventLoop) {
        return new LoopDataPlane(eventLoop, upstreams.apply(eventLoop), steps, () -> routes);
    }
}
