package io.fairlead.gateway.edge;

import io.fairlead.gateway.access.Principal;
import io.fairlead.kernel.GatewayException;
import io.vertx.core.buffer.Buffer;

/**
 * Answers {@code /admin/v1/*}. Called on a virtual thread of its own, so it may block; the caller's
 * admin key has been checked.
 */
public interface ControlPlane {
    /**
     * Answers one call.
     *
     * @throws GatewayException for what the client shall see
     */
    Answer answer(Call call) throws Exception;

    /**
     * A call of the admin API.
     *
     * @param path raw path, begins with {@code /admin/v1/}
     * @param query raw query; empty when there is none
     */
    record Call(String method, String path, String query, Buffer body, Principal principal) {}

    /** What goes back. */
    record Answer(int status, String contentType, Buffer body) {}
}
