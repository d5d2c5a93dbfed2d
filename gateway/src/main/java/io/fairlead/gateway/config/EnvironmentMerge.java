package io.fairlead.gateway.config;

import io.fairlead.kernel.Secret;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Completes what the file says with the environment and the command line: keys and base URLs under
 * the names that the providers' own SDKs read, providers that are found only there, and the
 * built-in {@code sim}. Confined to one thread.
 */
final class EnvironmentMerge {
    private static final String SIM = "sim";
    private static final String ADMIN_KEY = "FAIRLEAD_ADMIN_KEY";

    private final Map<String, String> environment;
    private final CatalogueNames catalogue;
    private final ConfigSource.Overrides overrides;
    private final Reading in;

    EnvironmentMerge(
            Map<String, String> environment,
            CatalogueNames catalogue,
            ConfigSource.Overrides overrides,
            Reading in) {
        this.environment = environment;
        this.catalogue = catalogue;
        this.overrides = overrides;
        this.in = in;
    }

    GatewayConfig apply(GatewayConfig config) {
        ServerConfig server =
                config.server()
                        .at(
                                overrides.host().orElse(config.server().host()),
                                overrides.port().orElse(config.server().port()));
        Optional<String> adminKey = variable(ADMIN_KEY);
        if (server.adminKey().isEmpty() && adminKey.isPresent()) {
            server = server.withAdminKey(SecretHash.of(adminKey.get()));
        }
        return config.withServer(server).withProviders(providers(config, server));
    }

    private Map<String, ProviderConfig> providers(GatewayConfig config, ServerConfig server) {
        Map<String, ProviderConfig> providers = new LinkedHashMap<>();
        config.providers()
                .forEach((id, provider) -> providers.put(id, completed(provider, server)));
        for (KnownProvider known : catalogue.providers()) {
            if (!providers.containsKey(known.id()) && !config.providersOff().contains(known.id())) {
                found(known, server).ifPresent(p -> providers.put(known.id(), p));
            }
        }
        if (!providers.containsKey(SIM) && !config.providersOff().contains(SIM)) {
            providers.put(
                    SIM, completed(ProviderConfig.of(SIM, ProviderConfig.Origin.BUILT_IN), server));
        }
        return providers;
    }

    private ProviderConfig completed(ProviderConfig provider, ServerConfig server) {
        if (provider.catalogueId().equals(SIM)) {
            return provider.simulated();
        }
        Optional<KnownProvider> known = catalogue.provider(provider.catalogueId());
        if (known.isEmpty()) {
            return provider;
        }
        boolean itself = provider.id().equals(known.get().id());
        boolean wantsKey =
                provider.keys().isEmpty()
                        && !provider.auth().equals(Optional.of(AuthScheme.NONE))
                        && provider.aws().isEmpty()
                        && provider.vertex().flatMap(ProviderConfig.Vertex::credentials).isEmpty()
                        && provider.azure().flatMap(ProviderConfig.Azure::entra).isEmpty();
        // A key from the environment goes to its own provider only, never to another address.
        boolean mayHaveKey = wantsKey && (itself || provider.baseUrl().isEmpty());
        List<ProviderConfig.Key> keys = mayHaveKey ? key(known.get()) : List.of();
        Optional<URI> baseUrl =
                provider.baseUrl().isPresent() || hasResource(provider)
                        ? Optional.empty()
                        : itself ? baseUrl(known.get(), server) : filled(known.get());
        return provider.filledWith(keys, baseUrl);
    }

    private static boolean hasResource(ProviderConfig provider) {
        return provider.azure().flatMap(ProviderConfig.Azure::resource).isPresent();
    }

    private Optional<ProviderConfig> found(KnownProvider known, ServerConfig server) {
        List<ProviderConfig.Key> keys = key(known);
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        Optional<URI> baseUrl = baseUrl(known, server);
        if (baseUrl.isEmpty() && !known.hasAddress(environment)) {
            warn(
                    known.keyNames().getFirst(),
                    "a key of " + known.id() + ", whose address is not known",
                    known.baseUrl().map(url -> "all variables of " + url).orElse("a base URL")
                            + " or an entry under providers");
            return Optional.empty();
        }
        return Optional.of(
                ProviderConfig.of(known.id(), ProviderConfig.Origin.ENVIRONMENT)
                        .filledWith(keys, baseUrl));
    }

    private List<ProviderConfig.Key> key(KnownProvider known) {
        for (String name : known.keyNames()) {
            Optional<String> value = variable(name);
            if (value.isPresent()) {
                if (Kinds.hasControl(value.get())) {
                    warn(name, "a key with control characters", "a key; it is left out");
                    return List.of();
                }
                return List.of(new ProviderConfig.Key(Secret.of(value.get()), 1));
            }
        }
        return List.of();
    }

    /** A base URL that differs from the catalogue's: from a variable, or with variables in it. */
    private Optional<URI> baseUrl(KnownProvider known, ServerConfig server) {
        for (String name : known.baseUrlNames()) {
            Optional<String> value = variable(name);
            if (value.isPresent()) {
                Optional<URI> url = Kinds.HTTP_URL.parse().apply(value.get());
                if (url.isEmpty()) {
                    in.problem(
                            Node.Position.NOWHERE,
                            name,
                            "an environment variable with another text",
                            Kinds.HTTP_URL.expected());
                    return Optional.empty();
                }
                if (!isThisGateway(url.get(), server)) {
                    return url;
                }
                warn(
                        name,
                        "the address of this gateway, as its clients need it",
                        "the address of " + known.id() + "; it is left out");
            }
        }
        return filled(known);
    }

    private Optional<URI> filled(KnownProvider known) {
        return known.baseUrl()
                .filter(text -> text.contains("${"))
                .flatMap(_ -> known.filledBaseUrl(environment))
                .flatMap(Kinds.HTTP_URL.parse());
    }

    /** Such a provider would call this gateway without end. */
    private static boolean isThisGateway(URI url, ServerConfig server) {
        return server.port() != 0
                && url.getPort() == server.port()
                && (LoopbackHost.isLoopback(url.getHost())
                        || url.getHost().equalsIgnoreCase(server.host()));
    }

    private void warn(String variable, String found, String expected) {
        in.warning(Node.Position.NOWHERE, variable, found, expected);
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }
}
