package io.fairlead.protocol.service;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Service;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.translate.Translation;

/** One family of operations, in all the forms that clients and providers have for it. Immutable. */
public interface ServiceForms {
    Service service();

    /** Whether providers of this dialect have an operation that answers {@code client}'s. */
    boolean offers(Dialect provider, Endpoint client);

    /**
     * Whether a client's bytes are what such a provider takes, and the provider's what the client
     * wants, the model's name aside.
     */
    boolean same(Endpoint client, Dialect provider);

    /** Reads along an answer of a provider whose bytes pass as they are. */
    Translation.Unary watched(Endpoint client, Dialect provider, byte[] body);

    /**
     * Reads a client's request.
     *
     * @throws Unreadable naming the member at fault
     */
    AskedService read(ServiceRequest request);
}
