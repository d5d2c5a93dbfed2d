package io.fairlead.gateway.upstream;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Secret;
import io.fairlead.simulator.SimProvider;
import io.vertx.core.Vertx;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Simulated providers, answered in this process: no socket, but the same calls in the same order,
 * with the same pace. One per event loop and used only there.
 */
public final class SimUpstream implements Upstream {
    private final Vertx vertx;
    private final Function<String, SimProvider> providers;
    private int open;

    /**
     * @param providers finds a simulated provider by its id in the configuration
     */
    public SimUpstream(Vertx vertx, Function<String, SimProvider> providers) {
        this.vertx = vertx;
        this.providers = providers;
    }

    @Override
    public UpstreamCall call(UpstreamRequest request, UpstreamListener listener) {
        return new SimCall(
                this, providers.apply(request.deployment().provider()), request, listener);
    }

    @Override
    public Socketing socket(UpstreamRequest request, SocketListener listener) {
        return new Socketing() {
            @Override
            public void start() {
                listener.failed(
                        new ProviderFault.Unsuitable(
                                "model", "model: simulated ones have no realtime API"));
            }

            @Override
            public Collection<Secret> lent() {
                return List.of();
            }

            @Override
            public void cancel() {}
        };
    }

    @Override
    public int open() {
        return open;
    }

    @Override
    public void close() {}

    Vertx vertx() {
        return vertx;
    }

    void began() {
        open++;
    }

    void ended() {
        open--;
    }
}
