package io.fairlead.gateway.catalogue;

import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.kernel.GatewayException;
import io.fairlead.kernel.Protocol;

import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/**
 * At which URLs a provider is: the catalogue's, with the operator's variables in them, or beside
 * the operator's own. Immutable, as long as the environment is.
 */
final class BaseAddresses {
    private final ProviderEntry entry;
    private final Function<String, Optional<String>> variables;

    BaseAddresses(ProviderEntry entry, Function<String, Optional<String>> environment) {
        this.entry = entry;
        this.variables =
                name ->
                        configured(entry.config(), name)
                                .or(() -> environment.apply(name))
                                .or(() -> derived(name));
    }

    /** What the configuration says in place of a variable. */
    private static Optional<String> configured(ProviderConfig config, String variable) {
        return switch (variable) {
            case "AWS_REGION" -> config.region();
            case "GOOGLE_VERTEX_LOCATION" ->
                    config.vertex().flatMap(ProviderConfig.Vertex::location).or(config::region);
            case "GOOGLE_VERTEX_PROJECT" -> config.vertex().flatMap(ProviderConfig.Vertex::project);
            case "AZURE_RESOURCE_NAME", "AZURE_COGNITIVE_SERVICES_RESOURCE_NAME" ->
                    config.azure().flatMap(ProviderConfig.Azure::resource);
            default -> Optional.empty();
        };
    }

    /** What follows from other variables. */
    private Optional<String> derived(String variable) {
        return variable.equals("GOOGLE_VERTEX_ENDPOINT")
                ? variables
                        .apply("GOOGLE_VERTEX_LOCATION")
                        .map(location -> location + "-aiplatform.googleapis.com")
                : Optional.empty();
    }

    /**
     * The base URL for a protocol.
     *
     * @param movable whether a {@code base_url} of the operator may be that of another protocol, so
     *     that this one is found beside it
     */
    URI url(Protocol protocol, boolean movable) {
        if (protocol == Protocol.AZURE_OPENAI) {
            return azure();
        }
        ProviderConfig config = entry.config();
        Optional<URI> usual = usual(protocol);
        if (config.baseUrl().isEmpty()) {
            return usual.orElseThrow(this::noAddress);
        }
        URI written = config.baseUrl().get();
        Optional<URI> usualFirst = usual();
        boolean beside =
                movable && protocol != entry.first() && entry.further(protocol).isPresent();
        if (!beside) {
            return BaseUrls.normal(written, usual.orElseGet(() -> Family.usual(protocol)));
        }
        return config.baseUrl().equals(usualFirst)
                ? usual.orElseThrow(this::noAddress)
                : BaseUrls.moved(
                        written,
                        usualFirst.orElseGet(() -> Family.usual(entry.first())),
                        usual.orElseThrow(this::noAddress));
    }

    /** The base URL of a resource of Azure's. */
    URI azure() {
        ProviderConfig config = entry.config();
        return config.baseUrl()
                .or(() ->
                        config.azure()
                                .flatMap(ProviderConfig.Azure::resource)
                                .map(resource ->
                                        URI.create(
                                                "https://"
                                                        + resource
                                                        + ".openai.azure.com/openai/v1")))
                .or(this::usual)
                .map(url -> BaseUrls.withPath(url, BaseUrls.path(url)))
                .orElseThrow(this::noAddress);
    }

    /** A URL of the catalogue's, with the variables in it. */
    URI expand(String template) {
        return worldwide(BaseUrls.expand(template, variables).orElseThrow(this::noAddress));
    }

    /** What is at a URL. */
    Address address(URI url) {
        try {
            return Address.of(url);
        } catch (IllegalArgumentException e) {
            throw entry.unusable("has no usable base_url");
        }
    }

    /** Where the catalogue has this provider's door for a protocol. */
    private Optional<URI> usual(Protocol protocol) {
        if (entry.known().isEmpty()) {
            return Optional.empty();
        }
        Optional<String> further =
                entry.known().get().protocolName().equals(protocol.wireName())
                        ? Optional.empty()
                        : entry.further(protocol);
        return further.isPresent() ? further.map(this::expand) : usual();
    }

    private Optional<URI> usual() {
        return entry.known()
                .flatMap(Provider::baseUrl)
                .flatMap(template -> BaseUrls.expand(template, variables))
                .map(BaseAddresses::worldwide);
    }

    /** Vertex AI without a region has no region in its host. */
    private static URI worldwide(URI url) {
        return "global-aiplatform.googleapis.com".equals(url.getHost())
                ? URI.create(url.toString().replace("//global-", "//"))
                : url;
    }

    private GatewayException noAddress() {
        String missing =
                entry.known()
                        .flatMap(Provider::baseUrl)
                        .map(template -> " and not all variables of " + template + " are set")
                        .orElse("");
        return entry.unusable("has no base_url" + missing);
    }
}
