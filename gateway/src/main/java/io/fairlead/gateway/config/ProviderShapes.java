package io.fairlead.gateway.config;

import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Secret;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the file may say about a provider. Immutable. */
final class ProviderShapes {
    private static final Key<Secret> POOL_KEY =
            Key.required("key", SecretKind.CREDENTIAL, "The credential.");
    private static final Key<Integer> POOL_WEIGHT =
            Key.of("weight", Kinds.integer(1, 1_000_000), 1, "Its share of requests.");
    private static final Shape<ProviderConfig.Key> KEY =
            Shape.of(
                    "provider-key",
                    "One of several credentials.",
                    f -> new ProviderConfig.Key(f.get(POOL_KEY), f.get(POOL_WEIGHT)),
                    List.of(POOL_KEY, POOL_WEIGHT));

    private static final Key<String> MODEL_ID =
            Key.required("id", Kinds.NAME, "The id that is sent to the provider.");
    private static final Key<Optional<PriceConfig>> MODEL_PRICE =
            Key.optional("price", PriceShapes.PRICE, "Replaces the catalogue's price.");
    private static final Key<Optional<Protocol>> MODEL_PROTOCOL =
            Key.optional("protocol", Kinds.PROTOCOL, "What the provider speaks for this model.");
    private static final Key<Optional<Long>> CONTEXT =
            Key.optional("context", Kinds.count(), "Size of the context window in tokens.");
    private static final Key<Optional<Long>> MAX_OUTPUT =
            Key.optional("max_output", Kinds.count(), "Longest answer in tokens.");
    private static final Shape<ProvidedModel> MODEL =
            Shape.of(
                    "provider-model",
                    "A model of a provider.",
                    f ->
                            new ProvidedModel(
                                    f.get(MODEL_ID),
                                    f.get(MODEL_PRICE),
                                    f.get(MODEL_PROTOCOL),
                                    f.get(CONTEXT),
                                    f.get(MAX_OUTPUT)),
                    List.of(MODEL_ID, MODEL_PRICE, MODEL_PROTOCOL, CONTEXT, MAX_OUTPUT));

    static final Key<Optional<String>> TYPE =
            Key.optional(
                    "type",
                    Kinds.PROVIDER_ID,
                    "The provider's id in the catalogue, which gives protocol, base_url and auth;"
                            + " sim makes a simulated provider. Default: the name itself.");
    private static final Key<Optional<Protocol>> PROTOCOL =
            Key.optional(
                    "protocol",
                    Kinds.PROTOCOL,
                    "Pins one protocol. Default: the client's own if the provider speaks it, else"
                            + " the provider's first.");
    static final Key<Optional<URI>> BASE_URL =
            Key.optional(
                    "base_url",
                    Kinds.HTTP_URL,
                    "What the provider's own SDK calls its base URL, with or without the version"
                            + " segment.");
    static final Key<Optional<AuthScheme>> AUTH =
            Key.optional(
                    "auth",
                    Kinds.choice(
                            "auth",
                            Arrays.stream(AuthScheme.values())
                                    .collect(
                                            Collectors.toMap(
                                                    AuthScheme::wireName,
                                                    scheme -> scheme,
                                                    (first, _) -> first,
                                                    LinkedHashMap::new))),
                    "How the credential is sent. Default: from the catalogue, else bearer.");
    static final Key<Optional<Secret>> API_KEY =
            Key.optional(
                    "api_key",
                    SecretKind.CREDENTIAL,
                    "The credential. Default: from the environment, under the name that the"
                            + " provider's own SDK uses.");
    static final Key<List<ProviderConfig.Key>> KEYS =
            Key.list(
                    "keys",
                    new FormKind<>(
                            SecretKind.CREDENTIAL.as(s -> new ProviderConfig.Key(s, 1)), KEY),
                    "Several credentials, instead of api_key. One may be written as its key"
                            + " alone.");
    private static final Key<Optional<String>> REGION =
            Key.optional("region", Kinds.NAME, "Where it runs; for Bedrock the AWS region.");
    private static final Key<Map<String, Secret>> HEADERS =
            Key.map(
                    "headers",
                    MapKind.of("<name>", HeaderName.KIND, SecretKind.CREDENTIAL),
                    "Further request headers.");
    private static final Key<List<ProvidedModel>> MODELS =
            Key.list(
                    "models",
                    new FormKind<>(Kinds.NAME.as(ProviderShapes::model), MODEL),
                    "Models beyond the catalogue, or with another price. One may be written as its"
                            + " id alone.");
    private static final Key<Boolean> CONFORM =
            Key.of(
                    "conform",
                    Kinds.BOOLEAN,
                    true,
                    "Whether violations of the protocol are put right; off passes everything as it"
                            + " is.");

    private static final List<Key<?>> OWN =
            List.of(
                    TYPE,
                    PROTOCOL,
                    BASE_URL,
                    AUTH,
                    API_KEY,
                    KEYS,
                    REGION,
                    HEADERS,
                    MODELS,
                    ResilienceShapes.RETRIES,
                    ResilienceShapes.BREAKER,
                    ResilienceShapes.TIMEOUT,
                    CONFORM);

    private static final Shape<ProviderConfig> SETTINGS =
            Shape.of(
                            "provider",
                            "A provider. A known name takes protocol, base_url and auth from the"
                                    + " catalogue.",
                            ProviderShapes::provider,
                            CloudShapes.after(OWN))
                    .checkedBy(ProviderChecks::check)
                    .renaming(
                            Map.of(
                                    "key", "api_key",
                                    "token", "api_key",
                                    "api_base", "base_url",
                                    "endpoint", "base_url",
                                    "url", "base_url"));

    /** A provider, or nothing for one that is off. */
    private static final Kind<Optional<ProviderConfig>> SETTINGS_OR_OFF =
            new FormKind<>(
                    new ScalarKind<>(
                            "off",
                            "off",
                            Map.of("enum", List.of("off", false)),
                            text ->
                                    text.equals("off") || text.equals("false")
                                            ? Optional.of(Optional.<ProviderConfig>empty())
                                            : Optional.empty(),
                            _ -> "off",
                            true),
                    SETTINGS.as(Optional::of));

    static final Key<Map<String, Optional<ProviderConfig>>> PROVIDERS =
            Key.map(
                    "providers",
                    new MapKind<>("<id>", Kinds.PROVIDER_ID, new NamedProvider()),
                    "Providers by name; off removes one that would be found by itself.");

    private ProviderShapes() {}

    private static ProvidedModel model(String id) {
        return new ProvidedModel(
                id, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static ProviderConfig provider(Fields f) {
        return new ProviderConfig(
                "",
                ProviderConfig.Origin.FILE,
                f.get(TYPE),
                f.get(PROTOCOL),
                f.get(BASE_URL),
                f.get(AUTH),
                f.get(API_KEY).map(s -> List.of(new ProviderConfig.Key(s, 1))).orElse(f.get(KEYS)),
                f.get(REGION),
                f.get(HEADERS),
                f.get(MODELS),
                ResilienceShapes.resilience(f),
                f.get(CONFORM),
                CloudShapes.aws(f),
                CloudShapes.vertex(f),
                CloudShapes.azure(f),
                CloudShapes.sim(f));
    }

    /** A provider knows its name; one with nothing under its name has everything by default. */
    private record NamedProvider() implements MapKind.NamedKind<Optional<ProviderConfig>> {
        @Override
        public Optional<Optional<ProviderConfig>> read(
                String name, Node node, String path, Reading in) {
            if (node.isNothing()) {
                return Optional.of(
                        Optional.of(ProviderConfig.of(name, ProviderConfig.Origin.FILE)));
            }
            Optional<Optional<ProviderConfig>> read = SETTINGS_OR_OFF.read(node, path, in);
            return read.isEmpty() ? read : Optional.of(read.get().map(p -> p.named(name)));
        }

        @Override
        public Kind<?> kind() {
            return SETTINGS_OR_OFF;
        }
    }
}
