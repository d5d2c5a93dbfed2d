package io.fairlead.gateway.catalogue;

import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Service;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The ways into one provider: which protocol ({@link SpokenProtocols}) at which address ({@link
 * BaseAddresses}) with which sort of credential ({@link CredentialKinds}). Immutable to its users;
 * safe for any number of threads.
 */
final class Doors {
    private final ProviderEntry entry;
    private final SpokenProtocols protocols;
    private final BaseAddresses bases;
    private final CredentialKinds credentials;
    private final AzureDoors azure;
    private final Map<String, Address> addresses = new ConcurrentHashMap<>();

    /** One way in; {@code model} is what to call the model there. */
    record Door(
            Protocol protocol,
            Dialect dialect,
            Address address,
            Deployment.Auth auth,
            String model) {}

    Doors(
            ProviderConfig config,
            Optional<Provider> provider,
            Function<String, Optional<String>> environment) {
        this.entry = new ProviderEntry(config, provider);
        this.protocols = new SpokenProtocols(entry);
        this.bases = new BaseAddresses(entry, environment);
        this.credentials = new CredentialKinds(entry);
        this.azure = new AzureDoors(config, protocols, bases, credentials);
    }

    /** The door of the provider's own protocol. */
    Door own() {
        Protocol first = entry.first();
        if (first == Protocol.SIM) {
            throw entry.unusable("is simulated and has no API of its own to pass through");
        }
        Address address =
                addresses.computeIfAbsent("own", _ -> bases.address(bases.url(first, true)));
        return new Door(first, Dialect.of(first), address, credentials.auth(first), "");
    }

    /** The door to what the provider keeps for clients of this operation: files and batches. */
    Door keeping(Endpoint endpoint) {
        Protocol wanted = entry.first();
        if (wanted == Protocol.SIM) {
            throw entry.unusable("is simulated and keeps nothing");
        }
        if (dialectOf(endpoint) == Dialect.ANTHROPIC) {
            wanted = Protocol.ANTHROPIC_MESSAGES;
        } else if (!wanted.openAiLike()) {
            wanted = Protocol.OPENAI_CHAT;
        }
        if (!entry.speaks(wanted)) {
            throw entry.unusable("keeps " + words(endpoint) + " in another form, if at all");
        }
        return wanted == Protocol.AZURE_OPENAI
                ? azure.ofResource()
                : new Door(
                        wanted,
                        dialectOf(endpoint),
                        at(bases.url(wanted, true)),
                        credentials.auth(wanted),
                        "");
    }

    /** Whether the catalogue knows that the provider keeps this in the form of these clients. */
    boolean keeps(Endpoint endpoint) {
        return entry.service(endpoint).filter(dialectOf(endpoint)::equals).isPresent();
    }

    private static Dialect dialectOf(Endpoint kept) {
        return kept == Endpoint.ANTHROPIC_FILES || kept == Endpoint.MESSAGE_BATCHES
                ? Dialect.ANTHROPIC
                : Dialect.OPENAI;
    }

    private static String words(Endpoint endpoint) {
        return endpoint.service().map(Service::wireName).orElse("");
    }

    /** The door to a model for clients of this operation. */
    Door door(Endpoint endpoint, String model, Optional<Offer> offer, Optional<Protocol> pinned) {
        if (entry.first() == Protocol.SIM) {
            return new Door(
                    Protocol.SIM,
                    protocols.dialect(Protocol.SIM, endpoint),
                    Address.IN_PROCESS,
                    Deployment.Auth.NONE,
                    model);
        }
        ProviderConfig config = entry.config();
        Protocol spoken = protocols.spoken(endpoint, offer, pinned.or(config::protocol));
        if (spoken.openAiLike() && entry.first() == Protocol.AZURE_OPENAI) {
            return azure.door(endpoint, model);
        }
        Optional<String> ofOffer =
                offer.filter(it -> it.protocolName().filter(spoken.wireName()::equals).isPresent())
                        .flatMap(Offer::baseUrl);
        URI url =
                ofOffer.isPresent() && config.baseUrl().isEmpty()
                        ? bases.expand(ofOffer.get())
                        : bases.url(spoken, pinned.isEmpty());
        return new Door(
                spoken,
                protocols.dialect(spoken, endpoint),
                at(url),
                credentials.auth(spoken),
                named(model, spoken));
    }

    private Address at(URI url) {
        return addresses.computeIfAbsent(url.toString(), _ -> bases.address(url));
    }

    /**
     * Vertex AI's door for OpenAI's clients wants the publisher, which is Google if none is said.
     */
    private String named(String model, Protocol spoken) {
        boolean google =
                spoken == Protocol.OPENAI_CHAT
                        && entry.first() == Protocol.VERTEX_GEMINI
                        && model.indexOf('/') < 0;
        return google ? "google/" + model : model;
    }
}
