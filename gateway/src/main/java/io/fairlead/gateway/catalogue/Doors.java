package io.fairlead.gateway.catalogue;

import io.fairlead.gateway.config.AuthScheme;
import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;
import io.fairlead.kernel.Protocol;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The ways into one provider: which protocol at which address with which sort of credential.
 * Immutable to its users; safe for any number of threads.
 */
final class Doors {
    /** What a base URL of a provider that the catalogue does not know looks like. */
    private static final URI USUAL = URI.create("https://api.openai.com/v1");

    /** Stable version of Azure's older form, for those who name none. */
    private static final String AZURE_API_VERSION = "2024-10-21";

    private final ProviderConfig config;
    private final Optional<Provider> provider;
    private final Function<String, Optional<String>> environment;
    private final Map<String, Address> addresses = new ConcurrentHashMap<>();

    /** One way in; {@code model} is what to call the model there. */
    record Door(Protocol protocol, Address address, Deployment.Auth auth, String model) {}

    Doors(
            ProviderConfig config,
            Optional<Provider> provider,
            Function<String, Optional<String>> environment) {
        this.config = config;
        this.provider = provider;
        this.environment = name -> configured(config, name).or(() -> environment.apply(name));
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

    /** The door of the provider's own protocol. */
    Door own() {
        String protocol = firstProtocol();
        if (protocol.equals(Protocol.SIM.wireName())) {
            throw unusable("is simulated and has no API of its own to pass through");
        }
        Address address = addresses.computeIfAbsent("own", _ -> address(firstUrl(protocol)));
        Protocol known = Protocol.parse(protocol).orElse(Protocol.OPENAI_CHAT);
        return new Door(known, address, auth(true), "");
    }

    /** The door for OpenAI's clients. */
    Door door(Endpoint endpoint, String model, Optional<Offer> offer, Optional<Protocol> pinned) {
        String first = firstProtocol();
        if (first.equals(Protocol.SIM.wireName())) {
            return new Door(Protocol.SIM, Address.IN_PROCESS, Deployment.Auth.NONE, model);
        }
        if (first.equals(Protocol.AZURE_OPENAI.wireName())) {
            return azure(endpoint, model);
        }
        Protocol wanted =
                endpoint == Endpoint.RESPONSES ? Protocol.OPENAI_RESPONSES : Protocol.OPENAI_CHAT;
        Optional<Protocol> pin = pinned.or(config::protocol);
        if (pin.isPresent() && !pin.get().openAiLike()) {
            throw unusable("speaks " + pin.get().wireName() + " for " + model);
        }
        String url = url(wanted, first, offer);
        Address address = addresses.computeIfAbsent(url, _ -> address(URI.create(url)));
        Protocol spoken =
                wanted == Protocol.OPENAI_CHAT && first.equals(Protocol.MISTRAL_CHAT.wireName())
                        ? Protocol.MISTRAL_CHAT
                        : wanted;
        return new Door(spoken, address, auth(openAiLike(first)), model);
    }

    private String url(Protocol wanted, String first, Optional<Offer> offer) {
        boolean offersOwn =
                offer.flatMap(Offer::protocolName)
                        .map(name -> name.equals(wanted.wireName()))
                        .orElse(false);
        Optional<String> ofOffer = offersOwn ? offer.flatMap(Offer::baseUrl) : Optional.empty();
        Optional<String> further =
                ofOffer.or(() -> endpoint(wanted))
                        .or(() ->
                                openAiLike(first)
                                        ? Optional.empty()
                                        : endpoint(Protocol.OPENAI_CHAT));
        if (further.isEmpty() || first.equals(wanted.wireName())) {
            if (!openAiLike(first)) {
                throw unusable("speaks " + first);
            }
            return firstUrl(first).toString();
        }
        URI usualFurther = expand(further.get());
        Optional<URI> usualFirst = usual();
        if (config.baseUrl().isEmpty() || config.baseUrl().equals(usualFirst)) {
            return usualFurther.toString();
        }
        return BaseUrls.moved(config.baseUrl().get(), usualFirst.orElse(USUAL), usualFurther)
                .toString();
    }

    private Optional<String> endpoint(Protocol protocol) {
        return provider.map(it -> it.endpoints().get(protocol.wireName()));
    }

    private Door azure(Endpoint endpoint, String model) {
        Optional<ProviderConfig.Azure> azure = config.azure();
        String deployment = azure.map(it -> it.deployments().get(model)).orElse(model);
        Optional<String> version = azure.flatMap(ProviderConfig.Azure::apiVersion);
        Deployment.Auth auth = auth(true);
        URI base = azureBase();
        boolean v1 =
                BaseUrls.path(base).endsWith("/openai/v1")
                        && (config.baseUrl().isPresent() || version.isEmpty());
        if (v1) {
            Address address = addresses.computeIfAbsent("v1", _ -> address(base));
            Protocol protocol =
                    endpoint == Endpoint.RESPONSES
                            ? Protocol.OPENAI_RESPONSES
                            : Protocol.AZURE_OPENAI;
            return new Door(protocol, address, auth, deployment);
        }
        URI resource = BaseUrls.withPath(base, withoutOpenAi(BaseUrls.path(base)));
        Address address =
                addresses.computeIfAbsent(
                        "deployment " + deployment,
                        _ ->
                                Address.azureDeployment(
                                        resource, deployment, version.orElse(AZURE_API_VERSION)));
        return new Door(Protocol.AZURE_OPENAI, address, auth, deployment);
    }

    private URI azureBase() {
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

    private static String withoutOpenAi(String path) {
        for (String end : List.of("/openai/v1", "/openai")) {
            if (path.endsWith(end)) {
                return path.substring(0, path.length() - end.length());
            }
        }
        return path;
    }

    private URI firstUrl(String protocol) {
        if (protocol.equals(Protocol.AZURE_OPENAI.wireName())) {
            return azureBase();
        }
        Optional<URI> usual = usual();
        if (config.baseUrl().isEmpty()) {
            return usual.orElseThrow(this::noAddress);
        }
        return BaseUrls.normal(config.baseUrl().get(), usual.orElse(USUAL));
    }

    private Optional<URI> usual() {
        return provider.flatMap(Provider::baseUrl)
                .flatMap(template -> BaseUrls.expand(template, environment));
    }

    private URI expand(String template) {
        return BaseUrls.expand(template, environment).orElseThrow(this::noAddress);
    }

    private String firstProtocol() {
        return config.protocol()
                .map(Protocol::wireName)
                .or(() -> provider.map(Provider::protocolName))
                .orElse(Protocol.OPENAI_CHAT.wireName());
    }

    private static boolean openAiLike(String protocol) {
        return Protocol.parse(protocol).map(Protocol::openAiLike).orElse(false);
    }

    private Deployment.Auth auth(boolean own) {
        if (config.auth().isPresent()) {
            return of(config.auth().get());
        }
        if (!own) {
            return Deployment.Auth.BEARER;
        }
        List<String> ways = provider.map(Provider::auth).orElse(List.of("none", "bearer"));
        return switch (ways.getFirst()) {
            case "bearer" -> Deployment.Auth.BEARER;
            case "x-api-key" -> Deployment.Auth.X_API_KEY;
            case "x-goog-api-key" -> Deployment.Auth.X_GOOG_API_KEY;
            case "azure-api-key" -> Deployment.Auth.API_KEY;
            case "bearer:cf-aig-authorization" -> Deployment.Auth.CF_AIG_AUTHORIZATION;
            case "none" -> config.keys().isEmpty() ? Deployment.Auth.NONE : Deployment.Auth.BEARER;
            default -> {
                if (ways.contains("bearer") || !config.keys().isEmpty()) {
                    yield Deployment.Auth.BEARER;
                }
                throw unusable("wants credentials of the kind " + ways.getFirst());
            }
        };
    }

    private static Deployment.Auth of(AuthScheme scheme) {
        return switch (scheme) {
            case BEARER -> Deployment.Auth.BEARER;
            case X_API_KEY -> Deployment.Auth.X_API_KEY;
            case X_GOOG_API_KEY -> Deployment.Auth.X_GOOG_API_KEY;
            case API_KEY -> Deployment.Auth.API_KEY;
            case NONE -> Deployment.Auth.NONE;
        };
    }

    private Address address(URI url) {
        try {
            return Address.of(url);
        } catch (IllegalArgumentException e) {
            throw unusable("has no usable base_url");
        }
    }

    private GatewayException noAddress() {
        String missing =
                provider.flatMap(Provider::baseUrl)
                        .map(template -> " and not all variables of " + template + " are set")
                        .orElse("");
        return unusable("has no base_url" + missing);
    }

    private GatewayException unusable(String why) {
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
