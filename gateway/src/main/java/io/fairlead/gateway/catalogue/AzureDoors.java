package io.fairlead.gateway.catalogue;

import io.fairlead.gateway.catalogue.Doors.Door;
import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Protocol;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ways into a resource of Azure OpenAI: one address for all its models, or, in the older form,
 * one for each deployment. Immutable to its users; safe for any number of threads.
 */
final class AzureDoors {
    /** Stable version of the older form, for those who name none. */
    private static final String API_VERSION = "2024-10-21";

    private final Optional<ProviderConfig.Azure> azure;
    private final boolean baseUrlWritten;
    private final SpokenProtocols protocols;
    private final BaseAddresses bases;
    private final CredentialKinds credentials;
    private final Map<String, Address> addresses = new ConcurrentHashMap<>();

    AzureDoors(
            ProviderConfig config,
            SpokenProtocols protocols,
            BaseAddresses bases,
            CredentialKinds credentials) {
        this.azure = config.azure();
        this.baseUrlWritten = config.baseUrl().isPresent();
        this.protocols = protocols;
        this.bases = bases;
        this.credentials = credentials;
    }

    /** The door to a model, which Azure calls by the name of its deployment. */
    Door door(Endpoint endpoint, String model) {
        String deployment = azure.map(it -> it.deployments().get(model)).orElse(model);
        URI base = bases.azure();
        if (isV1(base)) {
            Address address = addresses.computeIfAbsent("v1", _ -> bases.address(base));
            Protocol protocol =
                    endpoint == Endpoint.RESPONSES
                            ? Protocol.OPENAI_RESPONSES
                            : Protocol.AZURE_OPENAI;
            return door(protocol, protocols.dialect(protocol, endpoint), address, deployment);
        }
        if (endpoint == Endpoint.REALTIME) {
            Address address =
                    addresses.computeIfAbsent(
                            "realtime " + deployment,
                            _ -> Address.azureRealtime(resource(base), deployment, version()));
            return door(Protocol.AZURE_OPENAI, Dialect.OPENAI, address, deployment);
        }
        Address address =
                addresses.computeIfAbsent(
                        "deployment " + deployment,
                        _ -> Address.azureDeployment(resource(base), deployment, version()));
        return door(
                Protocol.AZURE_OPENAI,
                protocols.dialect(Protocol.AZURE_OPENAI, endpoint),
                address,
                deployment);
    }

    /** The door to what belongs to the resource, and to none of its deployments. */
    Door ofResource() {
        URI base = bases.azure();
        Address address =
                addresses.computeIfAbsent(
                        "resource",
                        _ ->
                                isV1(base)
                                        ? bases.address(base)
                                        : Address.azureResource(resource(base), version()));
        return door(Protocol.AZURE_OPENAI, Dialect.of(Protocol.AZURE_OPENAI), address, "");
    }

    private Door door(Protocol protocol, Dialect dialect, Address address, String deployment) {
        return new Door(
                protocol, dialect, address, credentials.auth(Protocol.AZURE_OPENAI), deployment);
    }

    private boolean isV1(URI base) {
        return BaseUrls.path(base).endsWith("/openai/v1")
                && (baseUrlWritten || apiVersion().isEmpty());
    }

    private Optional<String> apiVersion() {
        return azure.flatMap(ProviderConfig.Azure::apiVersion);
    }

    private String version() {
        return apiVersion().orElse(API_VERSION);
    }

    private static URI resource(URI base) {
        return BaseUrls.withPath(base, withoutOpenAi(BaseUrls.path(base)));
    }

    private static String withoutOpenAi(String path) {
        for (String end : List.of("/openai/v1", "/openai")) {
            if (path.endsWith(end)) {
                return path.substring(0, path.length() - end.length());
            }
        }
        return path;
    }
}
