package io.fairlead.protocol.service;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Service;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.translate.Translation;

import java.util.Map;

/** One family of operations, in all the forms that clients and providers have for it. Immutable. */
public interface ServiceForms {
    Service service();

    /** In what providers of a protocol offer it, unless the catalogue says otherwise. */
    default Dialect usual(Protocol protocol) {
        return Dialect.of(protocol);
    }

    /** Whether the gateway does it itself where no provider does ({@link Dialect#LOCAL}). */
    default boolean local() {
        return false;
    }

    /** Headers of ours on an answer that a provider gave. */
    default Map<String, String> notes() {
        return Map.of();
    }

    /** Whether providers of this dialect have an operation that answers {@code client}'s. */
    boolean offers(Dialect provider, Endpoint client);

    /**
     * Whether a client's bytes are what such a provider takes, and the provider's what the client
     * wants, the model's name aside.
     */
    boolean same(Endpoint client, Dialect provider);

    /**
     * Whether this very request may pass as it is, where {@link #same} says so of its form.
     *
     * @param protocol in which the provider holds conversations
     */
    default boolean passes(Endpoint client, Protocol protocol, byte[] body) {
        return true;
    }

    /** Reads along an answer of a provider whose bytes pass as they are. */
    Translation.Unary watched(Endpoint client, Dialect provider, byte[] body);

    /**
     * Reads a client's request.
     *
     * @throws Unreadable naming the member at fault
     */
    AskedService read(ServiceRequest request);
}
