package io.fairlead.gateway.upstream;

import io.fairlead.kernel.ProviderFault;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketBase;

/** Hears how an attempt to open a WebSocket went: one of the three, once. */
public interface SocketListener {
    /** It is open, and paused. */
    void opened(WebSocketBase socket);

    /** The provider answered otherwise. */
    void refused(int status, MultiMap headers, Buffer body);

    /** There was no answer. */
    void failed(ProviderFault fault);
}
