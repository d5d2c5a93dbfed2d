package io.fairlead.gateway.upstream;

import io.fairlead.kernel.ProviderFault;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * Hears what becomes of one attempt: {@code sent}, {@code head}, any number of {@code data}, then
 * {@code end}; {@code failed} may come instead of any of them and is the last call. Called on the
 * event loop of the attempt.
 */
public interface UpstreamListener {
    /** A connection was found and the request is on its way. */
    void sent();

    /** Something came that can't be told yet; it is worth waiting for the rest. */
    default void progress() {}

    /** Status and headers; the content encoding is already undone. */
    void head(int status, MultiMap headers);

    /** A piece of the body; it belongs to the listener from here on. */
    void data(Buffer piece);

    void end();

    void failed(ProviderFault fault);
}
