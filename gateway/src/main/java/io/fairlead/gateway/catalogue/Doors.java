package io.fairlead.gateway.catalogue;

import io.fairlead.gateway.config.AuthScheme;
import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;
import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Service;
import io.fairlead.protocol.service.Services;

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
    /** Stable version of Azure's older form, for those who name none. */
    private static final String AZURE_API_VERSION = "2024-10-21";

    private final ProviderConfig config;
    private final Optional<Provider> provider;
    private final Function<String, Optional<String>> environment;
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
        this.config = config;
        this.provider = provider;
        this.environment =
                name ->
                        configured(config, name)
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
                ? environment
                        .apply("GOOGLE_VERTEX_LOCATION")
                        .map(location -> location + "-aiplatform.googleapis.com")
                : Optional.empty();
    }

    /** The door of the provider's own protocol. */
    Door own() {
        if (first() == Protocol.SIM) {
            throw unusable("is simulated and has no API of its own to pass through");
        }
        Address address = addresses.computeIfAbsent("own", _ -> address(url(first(), true)));
        return new Door(first(), Dialect.of(first()), address, auth(first()), "");
    }

    /** The door to what the provider keeps for clients of this operation: files and batches. */
    Door keeping(Endpoint endpoint) {
        if (first() == Protocol.SIM) {
            throw unusable("is simulated and keeps nothing");
        }
        Protocol wanted = first();
        if (dialectOf(endpoint) == Dialect.ANTHROPIC) {
            wanted = Protocol.ANTHROPIC_MESSAGES;
        } else if (!wanted.openAiLike()) {
            wanted = Protocol.OPENAI_CHAT;
        }
        if (!speaks(wanted)) {
            throw unusable("keeps " + words(endpoint) + " in another form, if at all");
        }
        if (wanted == Protocol.AZURE_OPENAI) {
            return azureResource();
        }
        URI url = url(wanted, true);
        Address address = addresses.computeIfAbsent(url.toString(), _ -> address(url));
        return new Door(wanted, dialectOf(endpoint), address, auth(wanted), "");
    }

    /** Whether the catalogue knows that the provider keeps this in the form of these clients. */
    boolean keeps(Endpoint endpoint) {
        return provider.flatMap(it -> endpoint.service().map(service -> it.services().get(service)))
                .filter(dialectOf(endpoint)::equals)
                .isPresent();
    }

    private static Dialect dialectOf(Endpoint kept) {
        return kept == Endpoint.ANTHROPIC_FILES || kept == Endpoint.MESSAGE_BATCHES
                ? Dialect.ANTHROPIC
                : Dialect.OPENAI;
    }

    private static String words(Endpoint endpoint) {
        return endpoint.service().map(Service::wireName).orElse("");
    }

    /**
     * The door for clients of this operation: that of their own protocol, if the provider speaks
     * it, else of the provider's first. What is no conversation goes to the door for OpenAI's
     * clients.
     */
    Door door(Endpoint endpoint, String model, Optional<Offer> offer, Optional<Protocol> pinned) {
        if (first() == Protocol.SIM) {
            return new Door(
                    Protocol.SIM,
                    dialect(Protocol.SIM, endpoint),
                    Address.IN_PROCESS,
                    Deployment.Auth.NONE,
                    model);
        }
        Protocol spoken = spoken(endpoint, offer, pinned.or(config::protocol));
        if (spoken.openAiLike() && first() == Protocol.AZURE_OPENAI) {
            return azure(endpoint, model);
        }
        Optional<String> ofOffer =
                offer.filter(it -> it.protocolName().filter(spoken.wireName()::equals).isPresent())
                        .flatMap(Offer::baseUrl);
        URI url =
                ofOffer.isPresent() && config.baseUrl().isEmpty()
                        ? expand(ofOffer.get())
                        : url(spoken, pinned.isEmpty());
        Address address = addresses.computeIfAbsent(url.toString(), _ -> address(url));
        return new Door(
                spoken, dialect(spoken, endpoint), address, auth(spoken), named(model, spoken));
    }

    /**
     * Vertex AI's door for OpenAI's clients wants the publisher, which is Google if none is said.
     */
    private String named(String model, Protocol spoken) {
        boolean google =
                spoken == Protocol.OPENAI_CHAT
                        && first() == Protocol.VERTEX_GEMINI
                        && model.indexOf('/') < 0;
        return google ? "google/" + model : model;
    }

    private Protocol spoken(Endpoint endpoint, Optional<Offer> offer, Optional<Protocol> pinned) {
        return endpoint.service().isPresent()
                ? serving(endpoint, offer, pinned)
                : conversing(endpoint, offer, pinned);
    }

    /** What is spoken for a service: the provider's own form where there is one, else OpenAI's. */
    private Protocol serving(Endpoint endpoint, Optional<Offer> offer, Optional<Protocol> pinned) {
        if (onlyServes() && pinned.isEmpty()) {
            boolean offers =
                    endpoint.service().filter(provider.get().services()::containsKey).isPresent()
                            && Services.offers(endpoint, dialect(first(), endpoint));
            if (!offers) {
                throw nothingFor(endpoint, firstName());
            }
            return first();
        }
        Optional<Protocol> sold =
                pinned.or(() -> offer.flatMap(Offer::protocolName).flatMap(Protocol::parse));
        if (sold.filter(it -> Services.offers(endpoint, dialect(it, endpoint))).isPresent()) {
            return sold.get();
        }
        if (Services.offers(endpoint, dialect(first(), endpoint))) {
            return first();
        }
        if (speaks(Protocol.OPENAI_CHAT) && Services.offers(endpoint, Dialect.OPENAI)) {
            return Protocol.OPENAI_CHAT;
        }
        throw nothingFor(endpoint, sold.map(Protocol::wireName).orElseGet(this::firstName));
    }

    private GatewayException nothingFor(Endpoint endpoint, String spoken) {
        return unusable(
                "speaks "
                        + spoken
                        + " and has nothing for "
                        + endpoint.service().map(Service::wireName).orElse(""));
    }

    /** Whether it holds no conversations at all: what it has are services in a form of its own. */
    private boolean onlyServes() {
        return config.protocol().isEmpty()
                && provider.isPresent()
                && provider.get().protocol().isEmpty()
                && !provider.get().services().isEmpty();
    }

    private Dialect dialect(Protocol protocol, Endpoint endpoint) {
        Optional<Dialect> other =
                protocol == first()
                        ? provider.flatMap(
                                it -> endpoint.service().map(service -> it.services().get(service)))
                        : Optional.empty();
        return other.orElseGet(() -> Services.usual(endpoint, protocol));
    }

    private Protocol conversing(
            Endpoint endpoint, Optional<Offer> offer, Optional<Protocol> pinned) {
        if (onlyServes() && pinned.isEmpty()) {
            throw unusable("holds no conversations");
        }
        Protocol wanted = endpoint.conversation().orElse(Protocol.OPENAI_CHAT);
        Optional<Protocol> sold =
                pinned.or(() -> offer.flatMap(Offer::protocolName).flatMap(Protocol::parse));
        if (sold.isPresent() && conversational(sold.get(), endpoint)) {
            return sold.get();
        }
        Optional<Protocol> same =
                sold.isPresent() || endpoint == Endpoint.COMPLETIONS // no further door has them
                        ? Optional.empty()
                        : Family.of(wanted).stream().filter(this::speaks).findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        if (conversational(first(), endpoint)) {
            return first();
        }
        if (speaks(Protocol.OPENAI_CHAT)) {
            return Protocol.OPENAI_CHAT;
        }
        throw unusable("speaks " + sold.map(Protocol::wireName).orElseGet(this::firstName));
    }

    /** Whether what a client of this operation says can be said in that protocol. */
    private static boolean conversational(Protocol protocol, Endpoint endpoint) {
        return endpoint.streams() || protocol.openAiLike();
    }

    private boolean speaks(Protocol protocol) {
        return first() == protocol || endpoint(protocol).isPresent();
    }

    /**
     * The base URL for a protocol.
     *
     * @param movable whether a {@code base_url} of the operator may be that of another protocol, so
     *     that this one is found beside it
     */
    private URI url(Protocol protocol, boolean movable) {
        if (protocol == Protocol.AZURE_OPENAI) {
            return azureBase();
        }
        Optional<URI> usual = usual(protocol);
        if (config.baseUrl().isEmpty()) {
            return usual.orElseThrow(this::noAddress);
        }
        URI written = config.baseUrl().get();
        Optional<URI> usualFirst = usual();
        boolean beside = movable && protocol != first() && endpoint(protocol).isPresent();
        if (!beside) {
            return BaseUrls.normal(written, usual.orElseGet(() -> Family.usual(protocol)));
        }
        return config.baseUrl().equals(usualFirst)
                ? usual.orElseThrow(this::noAddress)
                : BaseUrls.moved(
                        written,
                        usualFirst.orElseGet(() -> Family.usual(first())),
                        usual.orElseThrow(this::noAddress));
    }

    /** Where the catalogue has this provider's door for a protocol. */
    private Optional<URI> usual(Protocol protocol) {
        if (provider.isEmpty()) {
            return Optional.empty();
        }
        boolean further =
                !provider.get().protocolName().equals(protocol.wireName())
                        && endpoint(protocol).isPresent();
        return further ? Optional.of(expand(endpoint(protocol).get())) : usual();
    }

    private Optional<String> endpoint(Protocol protocol) {
        // Bedrock's doors for OpenAI's clients take API keys, and no signatures
        boolean signed = first() == Protocol.BEDROCK_CONVERSE && config.keys().isEmpty();
        return signed
                ? Optional.empty()
                : provider.map(it -> it.endpoints().get(protocol.wireName()));
    }

    private Door azure(Endpoint endpoint, String model) {
        Optional<ProviderConfig.Azure> azure = config.azure();
        String deployment = azure.map(it -> it.deployments().get(model)).orElse(model);
        Optional<String> version = azure.flatMap(ProviderConfig.Azure::apiVersion);
        Deployment.Auth auth = auth(Protocol.AZURE_OPENAI);
        URI base = azureBase();
        if (isV1(base, version)) {
            Address address = addresses.computeIfAbsent("v1", _ -> address(base));
            Protocol protocol =
                    endpoint == Endpoint.RESPONSES
                            ? Protocol.OPENAI_RESPONSES
                            : Protocol.AZURE_OPENAI;
            return new Door(protocol, dialect(protocol, endpoint), address, auth, deployment);
        }
        URI resource = BaseUrls.withPath(base, withoutOpenAi(BaseUrls.path(base)));
        if (endpoint == Endpoint.REALTIME) {
            Address address =
                    addresses.computeIfAbsent(
                            "realtime " + deployment,
                            _ ->
                                    Address.azureRealtime(
                                            resource,
                                            deployment,
                                            version.orElse(AZURE_API_VERSION)));
            return new Door(Protocol.AZURE_OPENAI, Dialect.OPENAI, address, auth, deployment);
        }
        Address address =
                addresses.computeIfAbsent(
                        "deployment " + deployment,
                        _ ->
                                Address.azureDeployment(
                                        resource, deployment, version.orElse(AZURE_API_VERSION)));
        return new Door(
                Protocol.AZURE_OPENAI,
                dialect(Protocol.AZURE_OPENAI, endpoint),
                address,
                auth,
                deployment);
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

    /** What belongs to an Azure resource, and to none of its deployments. */
    private Door azureResource() {
        URI base = azureBase();
        Optional<String> version = config.azure().flatMap(ProviderConfig.Azure::apiVersion);
        Address address =
                addresses.computeIfAbsent(
                        "resource",
                        _ ->
                                isV1(base, version)
                                        ? address(base)
                                        : Address.azureResource(
                                                BaseUrls.withPath(
                                                        base, withoutOpenAi(BaseUrls.path(base))),
                                                version.orElse(AZURE_API_VERSION)));
        return new Door(
                Protocol.AZURE_OPENAI,
                Dialect.of(Protocol.AZURE_OPENAI),
                address,
                auth(Protocol.AZURE_OPENAI),
                "");
    }

    private boolean isV1(URI base, Optional<String> version) {
        return BaseUrls.path(base).endsWith("/openai/v1")
                && (config.baseUrl().isPresent() || version.isEmpty());
    }

    private static String withoutOpenAi(String path) {
        for (String end : List.of("/openai/v1", "/openai")) {
            if (path.endsWith(end)) {
                return path.substring(0, path.length() - end.length());
            }
        }
        return path;
    }

    private Optional<URI> usual() {
        return provider.flatMap(Provider::baseUrl)
                .flatMap(template -> BaseUrls.expand(template, environment))
                .map(Doors::worldwide);
    }

    private URI expand(String template) {
        return worldwide(BaseUrls.expand(template, environment).orElseThrow(this::noAddress));
    }

    /** Vertex AI without a region has no region in its host. */
    private static URI worldwide(URI url) {
        return "global-aiplatform.googleapis.com".equals(url.getHost())
                ? URI.create(url.toString().replace("//global-", "//"))
                : url;
    }

    /** What the provider speaks first; OpenAI's chat, if that is nothing we know. */
    private Protocol first() {
        return Protocol.parse(firstName()).orElse(Protocol.OPENAI_CHAT);
    }

    private String firstName() {
        return config.protocol()
                .map(Protocol::wireName)
                .or(() -> provider.map(Provider::protocolName))
                .orElse(Protocol.OPENAI_CHAT.wireName());
    }

    private Deployment.Auth auth(Protocol protocol) {
        if (config.auth().isPresent()) {
            return of(config.auth().get());
        }
        boolean own =
                provider.isPresent()
                        && (firstName().equals(provider.get().protocolName())
                                && (protocol == first()
                                        || (protocol.openAiLike() && first().openAiLike())));
        if (!own && provider.isPresent() || !protocol.openAiLike() && provider.isEmpty()) {
            return usualAuth(protocol);
        }
        List<String> ways = ways();
        return switch (ways.getFirst()) {
            case "bearer" -> Deployment.Auth.BEARER;
            case "x-api-key" -> Deployment.Auth.X_API_KEY;
            case "x-goog-api-key" -> Deployment.Auth.X_GOOG_API_KEY;
            case "xi-api-key" -> Deployment.Auth.XI_API_KEY;
            case "token" -> Deployment.Auth.TOKEN;
            case "azure-api-key" ->
                    config.azure().flatMap(ProviderConfig.Azure::entra).isPresent()
                            ? Deployment.Auth.ENTRA
                            : Deployment.Auth.API_KEY;
            case "aws-sigv4" -> usualAuth(Protocol.BEDROCK_CONVERSE);
            case "gcp-oauth" -> usualAuth(Protocol.VERTEX_GEMINI);
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

    private List<String> ways() {
        return provider.map(Provider::auth).orElse(List.of("none", "bearer"));
    }

    /** How the owner of a protocol wants credentials. */
    private Deployment.Auth usualAuth(Protocol protocol) {
        boolean keys = !config.keys().isEmpty();
        boolean open = !keys && provider.isEmpty();
        return switch (protocol) {
            case ANTHROPIC_MESSAGES -> open ? Deployment.Auth.NONE : Deployment.Auth.X_API_KEY;
            case GEMINI -> open ? Deployment.Auth.NONE : Deployment.Auth.X_GOOG_API_KEY;
            case VERTEX_GEMINI, VERTEX_ANTHROPIC ->
                    keys ? Deployment.Auth.X_GOOG_API_KEY : Deployment.Auth.GCP_OAUTH;
            case BEDROCK_CONVERSE -> keys ? Deployment.Auth.BEARER : Deployment.Auth.AWS_SIGV4;
            case OPENAI_CHAT, OPENAI_RESPONSES, COHERE_V2, AZURE_OPENAI, MISTRAL_CHAT ->
                    open
                            ? Deployment.Auth.NONE
                            : keys || !ways().contains("gcp-oauth")
                                    ? Deployment.Auth.BEARER
                                    : Deployment.Auth.GCP_OAUTH;
            case OLLAMA -> keys ? Deployment.Auth.BEARER : Deployment.Auth.NONE;
            case SIM -> Deployment.Auth.NONE;
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
