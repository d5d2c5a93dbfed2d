package io.fairlead.gateway.catalogue;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.GatewayException;
import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Service;
import io.fairlead.protocol.service.Services;

import java.util.Optional;

/** In which protocol a provider is spoken with, for each operation of clients. Immutable. */
final class SpokenProtocols {
    private final ProviderEntry entry;

    SpokenProtocols(ProviderEntry entry) {
        this.entry = entry;
    }

    /**
     * That of the client, if the provider speaks it, else the provider's first. What is no
     * conversation goes to the door for OpenAI's clients.
     *
     * @param pinned what the operator says
     */
    Protocol spoken(Endpoint endpoint, Optional<Offer> offer, Optional<Protocol> pinned) {
        return endpoint.service().isPresent()
                ? serving(endpoint, offer, pinned)
                : conversing(endpoint, offer, pinned);
    }

    /** The form in which this operation is done in that protocol. */
    Dialect dialect(Protocol protocol, Endpoint endpoint) {
        Optional<Dialect> other =
                protocol == entry.first() ? entry.service(endpoint) : Optional.empty();
        return other.orElseGet(() -> Services.usual(endpoint, protocol));
    }

    /** What is spoken for a service: the provider's own form where there is one, else OpenAI's. */
    private Protocol serving(Endpoint endpoint, Optional<Offer> offer, Optional<Protocol> pinned) {
        Protocol first = entry.first();
        if (entry.onlyServes() && pinned.isEmpty()) {
            boolean offers =
                    entry.service(endpoint).isPresent()
                            && Services.offers(endpoint, dialect(first, endpoint));
            if (!offers) {
                throw nothingFor(endpoint, entry.firstName());
            }
            return first;
        }
        Optional<Protocol> sold = sold(offer, pinned);
        if (sold.filter(it -> Services.offers(endpoint, dialect(it, endpoint))).isPresent()) {
            return sold.get();
        }
        if (Services.offers(endpoint, dialect(first, endpoint))) {
            return first;
        }
        if (entry.speaks(Protocol.OPENAI_CHAT) && Services.offers(endpoint, Dialect.OPENAI)) {
            return Protocol.OPENAI_CHAT;
        }
        throw nothingFor(endpoint, name(sold));
    }

    private GatewayException nothingFor(Endpoint endpoint, String spoken) {
        return entry.unusable(
                "speaks "
                        + spoken
                        + " and has nothing for "
                        + endpoint.service().map(Service::wireName).orElse(""));
    }

    private Protocol conversing(
            Endpoint endpoint, Optional<Offer> offer, Optional<Protocol> pinned) {
        if (entry.onlyServes() && pinned.isEmpty()) {
            throw entry.unusable("holds no conversations");
        }
        Protocol wanted = endpoint.conversation().orElse(Protocol.OPENAI_CHAT);
        Optional<Protocol> sold = sold(offer, pinned);
        if (sold.isPresent() && conversational(sold.get(), endpoint)) {
            return sold.get();
        }
        Optional<Protocol> same =
                sold.isPresent() || endpoint == Endpoint.COMPLETIONS // no further door has them
                        ? Optional.empty()
                        : Family.of(wanted).stream().filter(entry::speaks).findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        if (conversational(entry.first(), endpoint)) {
            return entry.first();
        }
        if (entry.speaks(Protocol.OPENAI_CHAT)) {
            return Protocol.OPENAI_CHAT;
        }
        throw entry.unusable("speaks " + name(sold));
    }

    /** Whether what a client of this operation says can be said in that protocol. */
    private static boolean conversational(Protocol protocol, Endpoint endpoint) {
        return endpoint.streams() || protocol.openAiLike();
    }

    /** The protocol in which this model is sold, where that is said. */
    private static Optional<Protocol> sold(Optional<Offer> offer, Optional<Protocol> pinned) {
        return pinned.or(() -> offer.flatMap(Offer::protocolName).flatMap(Protocol::parse));
    }

    private String name(Optional<Protocol> sold) {
        return sold.map(Protocol::wireName).orElseGet(entry::firstName);
    }
}
