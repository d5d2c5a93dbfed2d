package io.fairlead.gateway.catalogue;

import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;
import io.fairlead.kernel.Protocol;

import java.util.Optional;

/** A provider as the operator's configuration and the catalogue together tell of it. Immutable. */
final class ProviderEntry {
    private final ProviderConfig config;
    private final Optional<Provider> provider;
    private final String firstName;
    private final Protocol first;

    ProviderEntry(ProviderConfig config, Optional<Provider> provider) {
        this.config = config;
        this.provider = provider;
        this.firstName =
                config.protocol()
                        .map(Protocol::wireName)
                        .or(() -> provider.map(Provider::protocolName))
                        .orElse(Protocol.OPENAI_CHAT.wireName());
        this.first = Protocol.parse(firstName).orElse(Protocol.OPENAI_CHAT);
    }

    ProviderConfig config() {
        return config;
    }

    /** What the catalogue has; empty: it does not know the provider. */
    Optional<Provider> known() {
        return provider;
    }

    /** What the provider speaks first; OpenAI's chat, if that is nothing we know. */
    Protocol first() {
        return first;
    }

    /** What it is called, known to us or not. */
    String firstName() {
        return firstName;
    }

    boolean speaks(Protocol protocol) {
        return first == protocol || further(protocol).isPresent();
    }

    /** The template of the base URL for a protocol that the provider speaks besides. */
    Optional<String> further(Protocol protocol) {
        // Bedrock's doors for OpenAI's clients take API keys, and no signatures
        boolean signed = first == Protocol.BEDROCK_CONVERSE && config.keys().isEmpty();
        return signed
                ? Optional.empty()
                : provider.map(it -> it.endpoints().get(protocol.wireName()));
    }

    /** Whether it holds no conversations at all: what it has are services in a form of its own. */
    boolean onlyServes() {
        return config.protocol().isEmpty()
                && provider.isPresent()
                && provider.get().protocol().isEmpty()
                && !provider.get().services().isEmpty();
    }

    /** The form in which it has a service, where the catalogue says one. */
    Optional<Dialect> service(Endpoint endpoint) {
        return provider.flatMap(
                it -> endpoint.service().map(service -> it.services().get(service)));
    }

    /** Why a request can't be sent there: "The provider x {@code why}, so …". */
    GatewayException unusable(String why) {
        return new GatewayException(
                ErrorCode.INVALID_REQUEST,
                "The provider "
                        + config.id()
                        + " "
                        + why
                        + ", so this request can't be sent there. /passthrough/"
                        + config.id()
                        + " reaches its own API.");
    }
}
