package io.fairlead.gateway.config;

import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Secret;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A provider as the operator declares it; what is absent comes from the catalogue. Immutable.
 *
 * @param id the operator's name for it, the part of a model before the slash
 * @param origin whether the file declares it or it was found in the environment
 * @param type the provider's id in the catalogue; absent: as {@code id}
 * @param protocol pins one protocol; absent: the client's own if the provider speaks it, else the
 *     provider's first
 * @param baseUrl as the provider's own SDK calls it, with or without the version segment
 * @param auth how the credential is sent
 * @param keys credentials, each with its share of requests; empty: none given
 * @param region where it runs; for Bedrock the AWS region
 * @param headers further request headers; secret because some carry credentials
 * @param models models it serves beyond the catalogue, and prices that replace the catalogue's
 * @param resilience how hard its deployments are tried
 * @param conform whether violations of the protocol are put right
 * @param aws credentials for Bedrock
 * @param vertex project and credentials for Vertex AI
 * @param azure resource and credentials for Azure
 * @param sim behaviour of a simulated provider ({@code type: sim})
 */
public record ProviderConfig(
        String id,
        Origin origin,
        Optional<String> type,
        Optional<Protocol> protocol,
        Optional<URI> baseUrl,
        Optional<AuthScheme> auth,
        List<Key> keys,
        Optional<String> region,
        Map<String, Secret> headers,
        List<ProvidedModel> models,
        ResilienceConfig resilience,
        boolean conform,
        Optional<Aws> aws,
        Optional<Vertex> vertex,
        Optional<Azure> azure,
        Optional<Sim> sim) {

    /** Where a provider was found. */
    public enum Origin {
        FILE,
        ENVIRONMENT,
        BUILT_IN
    }

    /** One credential and its share of the requests, 1 or more. */
    public record Key(Secret secret, int weight) {}

    /** A key pair, maybe a temporary one. Without it the usual AWS chain is used. */
    public record Aws(Secret accessKeyId, Secret secretAccessKey, Optional<Secret> sessionToken) {}

    /**
     * Google Cloud.
     *
     * @param project project id
     * @param location region, or {@code global}
     * @param credentials content of a service account file; absent: the metadata server
     */
    public record Vertex(
            Optional<String> project, Optional<String> location, Optional<Secret> credentials) {}

    /**
     * Azure OpenAI.
     *
     * @param resource name of the resource, which makes the base URL
     * @param entra a service principal, instead of an API key
     * @param apiVersion {@code api-version} parameter
     * @param deployments deployment name by model
     */
    public record Azure(
            Optional<String> resource,
            Optional<Entra> entra,
            Optional<String> apiVersion,
            Map<String, String> deployments) {
        public Azure {
            deployments = InOrder.copyOf(deployments);
        }
    }

    /** A service principal of Microsoft Entra. */
    public record Entra(String tenant, String client, Secret secret) {}

    /**
     * How a simulated provider behaves.
     *
     * @param latency wait before the first token
     * @param tokensPerSecond speed of the answer; absent: at once
     * @param errorPercent share of requests that fail, 0 to 100
     */
    public record Sim(Duration latency, Optional<Integer> tokensPerSecond, double errorPercent) {
        public static final Sim DEFAULT = new Sim(Duration.ZERO, Optional.empty(), 0);
    }

    public ProviderConfig {
        keys = List.copyOf(keys);
        headers = InOrder.copyOf(headers);
        models = List.copyOf(models);
    }

    /** A provider with nothing of its own: everything comes from the catalogue. */
    public static ProviderConfig of(String id, Origin origin) {
        return new ProviderConfig(
                id,
                origin,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Map.of(),
                List.of(),
                ResilienceConfig.NONE,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same under another name. */
    public ProviderConfig named(String newId) {
        return new ProviderConfig(
                newId,
                origin,
                type,
                protocol,
                baseUrl,
                auth,
                keys,
                region,
                headers,
                models,
                resilience,
                conform,
                aws,
                vertex,
                azure,
                sim);
    }

    /** The same with credentials and an address, where it has none of its own. */
    public ProviderConfig filledWith(List<Key> foundKeys, Optional<URI> foundBaseUrl) {
        return new ProviderConfig(
                id,
                origin,
                type,
                protocol,
                baseUrl.or(() -> foundBaseUrl),
                auth,
                keys.isEmpty() ? foundKeys : keys,
                region,
                headers,
                models,
                resilience,
                conform,
                aws,
                vertex,
                azure,
                sim);
    }

    /** The same as a simulated provider, answered in process. */
    ProviderConfig simulated() {
        return new ProviderConfig(
                id,
                origin,
                Optional.of("sim"),
                Optional.of(Protocol.SIM),
                baseUrl,
                auth,
                keys,
                region,
                headers,
                models,
                resilience,
                conform,
                aws,
                vertex,
                azure,
                sim.or(() -> Optional.of(Sim.DEFAULT)));
    }

    /** The provider's id in the catalogue. */
    public String catalogueId() {
        return type.orElse(id);
    }
}
