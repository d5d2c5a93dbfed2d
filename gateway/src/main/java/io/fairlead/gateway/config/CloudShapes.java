package io.fairlead.gateway.config;

import io.fairlead.kernel.Secret;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Further keys of a provider: those of the large clouds, and of simulated providers. Immutable. */
final class CloudShapes {
    static final Key<Optional<Secret>> ACCESS_KEY_ID =
            Key.optional("access_key_id", SecretKind.CREDENTIAL, "Bedrock: access key.");
    static final Key<Optional<Secret>> SECRET_ACCESS_KEY =
            Key.optional(
                    "secret_access_key",
                    SecretKind.CREDENTIAL,
                    "Bedrock: its secret. Without a key pair and api_key the usual AWS chain is"
                            + " used.");
    static final Key<Optional<Secret>> SESSION_TOKEN =
            Key.optional(
                    "session_token", SecretKind.CREDENTIAL, "Bedrock: token of a temporary pair.");

    private static final Key<Optional<String>> PROJECT =
            Key.optional("project", Kinds.NAME, "Vertex: project id.");
    private static final Key<Optional<String>> LOCATION =
            Key.optional("location", Kinds.NAME, "Vertex: region, or global.");
    private static final Key<Optional<Secret>> CREDENTIALS =
            Key.optional(
                    "credentials",
                    SecretKind.DOCUMENT,
                    "Vertex: a service account, as file:PATH. Default: the metadata server.");

    private static final Key<String> TENANT = Key.required("tenant", Kinds.NAME, "Tenant id.");
    private static final Key<String> CLIENT = Key.required("client", Kinds.NAME, "Client id.");
    private static final Key<Secret> CLIENT_SECRET =
            Key.required("secret", SecretKind.CREDENTIAL, "Client secret.");
    private static final Shape<ProviderConfig.Entra> ENTRA_SHAPE =
            Shape.of(
                    "entra",
                    "A service principal of Microsoft Entra.",
                    f ->
                            new ProviderConfig.Entra(
                                    f.get(TENANT), f.get(CLIENT), f.get(CLIENT_SECRET)),
                    List.of(TENANT, CLIENT, CLIENT_SECRET));

    private static final Key<Optional<String>> RESOURCE =
            Key.optional(
                    "resource", Kinds.PROVIDER_ID, "Azure: the resource, instead of base_url.");
    private static final Key<Optional<ProviderConfig.Entra>> ENTRA =
            Key.optional("entra", ENTRA_SHAPE, "Azure: a service principal, instead of api_key.");
    private static final Key<Optional<String>> API_VERSION =
            Key.optional("api_version", Kinds.NAME, "Azure: the api-version parameter.");
    private static final Key<Map<String, String>> DEPLOYMENTS =
            Key.map(
                    "deployments",
                    MapKind.of("<model>", Kinds.NAME, Kinds.NAME),
                    "Azure: deployment names by model.");

    static final Key<Optional<Duration>> LATENCY =
            Key.optional("latency", Kinds.DURATION, "sim: wait before the first token.");
    static final Key<Optional<Integer>> TOKENS_PER_SECOND =
            Key.optional(
                    "tokens_per_second",
                    Kinds.integer(1, 1_000_000),
                    "sim: speed of the answer. Default: at once.");
    static final Key<Optional<BigDecimal>> ERROR_PERCENT =
            Key.optional("error_percent", Kinds.PERCENT, "sim: share of requests that fail.");

    private static final List<Key<?>> KEYS =
            List.of(
                    ACCESS_KEY_ID,
                    SECRET_ACCESS_KEY,
                    SESSION_TOKEN,
                    PROJECT,
                    LOCATION,
                    CREDENTIALS,
                    RESOURCE,
                    ENTRA,
                    API_VERSION,
                    DEPLOYMENTS,
                    LATENCY,
                    TOKENS_PER_SECOND,
                    ERROR_PERCENT);

    private CloudShapes() {}

    /** {@code keys}, then those of the clouds. */
    static List<Key<?>> after(List<Key<?>> keys) {
        List<Key<?>> all = new ArrayList<>(keys);
        all.addAll(KEYS);
        return List.copyOf(all);
    }

    static Optional<ProviderConfig.Aws> aws(Fields f) {
        return f.get(ACCESS_KEY_ID)
                .flatMap(id ->
                        f.get(SECRET_ACCESS_KEY)
                                .map(secret ->
                                        new ProviderConfig.Aws(id, secret, f.get(SESSION_TOKEN))));
    }

    static Optional<ProviderConfig.Vertex> vertex(Fields f) {
        ProviderConfig.Vertex vertex =
                new ProviderConfig.Vertex(f.get(PROJECT), f.get(LOCATION), f.get(CREDENTIALS));
        boolean any =
                vertex.project().isPresent()
                        || vertex.location().isPresent()
                        || vertex.credentials().isPresent();
        return any ? Optional.of(vertex) : Optional.empty();
    }

    static Optional<ProviderConfig.Azure> azure(Fields f) {
        ProviderConfig.Azure azure =
                new ProviderConfig.Azure(
                        f.get(RESOURCE), f.get(ENTRA), f.get(API_VERSION), f.get(DEPLOYMENTS));
        boolean any =
                azure.resource().isPresent()
                        || azure.entra().isPresent()
                        || azure.apiVersion().isPresent()
                        || !azure.deployments().isEmpty();
        return any ? Optional.of(azure) : Optional.empty();
    }

    static Optional<ProviderConfig.Sim> sim(Fields f) {
        if (!simulates(f)) {
            return Optional.empty();
        }
        ProviderConfig.Sim quiet = ProviderConfig.Sim.DEFAULT;
        return Optional.of(
                new ProviderConfig.Sim(
                        f.get(LATENCY).orElse(quiet.latency()),
                        f.get(TOKENS_PER_SECOND),
                        f.get(ERROR_PERCENT)
                                .map(BigDecimal::doubleValue)
                                .orElse(quiet.errorPercent())));
    }

    /** Whether anything is said that only a simulated provider can do. */
    static boolean simulates(Fields f) {
        return f.get(LATENCY).isPresent()
                || f.get(TOKENS_PER_SECOND).isPresent()
                || f.get(ERROR_PERCENT).isPresent();
    }
}
