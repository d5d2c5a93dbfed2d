package io.fairlead.gateway.upstream;

import io.fairlead.kernel.Protocol;

/**
 * Sends each attempt the way its deployment is reached: over HTTP, or within this process. One per
 * event loop and used only there.
 */
public final class Upstreams implements Upstream {
    private final Upstream http;
    private final Upstream simulated;

    public Upstreams(Upstream http, Upstream simulated) {
        this.http = http;
        this.simulated = simulated;
    }

    @Override
    public UpstreamCall call(UpstreamRequest request, UpstreamListener listener) {
        Upstream way = request.deployment().protocol() == Protocol.SIM ? simulated : http;
        return way.call(request, listener);
    }

    @Override
    public Socketing socket(UpstreamRequest request, SocketListener listener) {
        Upstream way = request.deployment().protocol() == Protocol.SIM ? simulated : http;
        return way.socket(request, listener);
    }

    @Override
    public int open() {
        return http.open() + simulated.open();
    }

    @Override
    public void close() {
        http.close();
        simulated.close();
    }
}
