package io.fairlead.gateway.upstream;

/**
 * Where attempts go: providers over HTTP, or the simulated one in this process. One per event loop
 * and used only there.
 */
public interface Upstream {
    /** Prepares one attempt; {@link UpstreamCall#start} sends it. */
    UpstreamCall call(UpstreamRequest request, UpstreamListener listener);

    /** Opens a WebSocket; {@link Socketing#start} begins. */
    Socketing socket(UpstreamRequest request, SocketListener listener);

    /** Calls that are under way. */
    int open();

    /** Gives back connections. */
    void close();
}
