package io.fairlead.gateway.catalogue;

import io.fairlead.gateway.config.PriceConfig;
import io.fairlead.gateway.config.ProvidedModel;
import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.gateway.config.ProviderConfig.Azure;
import io.fairlead.gateway.config.ProviderConfig.Origin;
import io.fairlead.gateway.config.ResilienceConfig;
import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Secret;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Configured providers for tests, one setting at a time. Not for several threads. */
public final class ProviderFixture {
    private final String id;
    private Optional<String> type = Optional.empty();
    private Optional<Protocol> protocol = Optional.empty();
    private Optional<URI> baseUrl = Optional.empty();
    private List<ProviderConfig.Key> keys = List.of(new ProviderConfig.Key(Secret.of("secret"), 1));
    private final List<ProvidedModel> models = new ArrayList<>();
    private Optional<Azure> azure = Optional.empty();
    private ResilienceConfig resilience = ResilienceConfig.NONE;

    private ProviderFixture(String id) {
        this.id = id;
    }

    public static ProviderFixture of(String id) {
        return new ProviderFixture(id);
    }

    public static PriceConfig price(String input, String output) {
        Optional<BigDecimal> none = Optional.empty();
        return new PriceConfig(
                new PriceConfig.Rates(
                        new BigDecimal(input),
                        new BigDecimal(output),
                        none,
                        none,
                        none,
                        none,
                        none,
                        none,
                        none,
                        none),
                List.of());
    }

    public ProviderFixture type(String catalogueId) {
        this.type = Optional.of(catalogueId);
        return this;
    }

    public ProviderFixture protocol(Protocol pinned) {
        this.protocol = Optional.of(pinned);
        return this;
    }

    public ProviderFixture baseUrl(String url) {
        this.baseUrl = Optional.of(URI.create(url));
        return this;
    }

    public ProviderFixture noKeys() {
        this.keys = List.of();
        return this;
    }

    public ProviderFixture retries(int retries) {
        this.resilience =
                new ResilienceConfig(
                        Optional.of(retries), Optional.empty(), ResilienceConfig.Timeouts.NONE);
        return this;
    }

    public ProviderFixture model(String model, String input, String output) {
        models.add(
                new ProvidedModel(
                        model,
                        Optional.of(price(input, output)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        return this;
    }

    public ProviderFixture azure(
            String resource, @Nullable String apiVersion, Map<String, String> deployments) {
        this.azure =
                Optional.of(
                        new Azure(
                                Optional.of(resource),
                                Optional.empty(),
                                Optional.ofNullable(apiVersion),
                                deployments));
        return this;
    }

    public ProviderConfig build() {
        ProviderConfig plain = ProviderConfig.of(id, Origin.FILE);
        return new ProviderConfig(
                id,
                Origin.FILE,
                type,
                protocol,
                baseUrl,
                plain.auth(),
                keys,
                plain.region(),
                plain.headers(),
                models,
                resilience,
                true,
                plain.aws(),
                plain.vertex(),
                azure,
                plain.sim());
    }
}
