package io.fairlead.gateway.catalogue;

import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.config.PriceConfig;
import io.fairlead.gateway.config.PricingConfig;
import io.fairlead.gateway.config.ProvidedModel;
import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.ModelFacts;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * The operator's account at one provider: makes a {@link Deployment} of each model, those included
 * that the catalogue does not know. Immutable to its users; safe for any number of threads.
 */
public final class Account {
    /**
     * More models than these are made anew for each request, lest invented names fill the memory.
     */
    private static final int MOST_REMEMBERED = 4_096;

    private final ProviderConfig config;
    private final Optional<Provider> provider;
    private final Catalogue catalogue;
    private final PricingConfig pricing;
    private final Resilience resilience;
    private final Doors doors;
    private final List<ProviderKey> keys;
    private final Map<String, ProvidedModel> declared;

    /** By the operation of the clients they are for. */
    private final ConcurrentMap<Endpoint, ConcurrentMap<String, Deployment>> deployments =
            new ConcurrentHashMap<>();

    Account(
            ProviderConfig config,
            GatewayConfig gateway,
            Catalogue catalogue,
            Function<String, Optional<String>> environment) {
        this.config = config;
        this.provider = catalogue.provider(config.catalogueId());
        this.catalogue = catalogue;
        this.pricing = gateway.pricing();
        this.resilience = Merging.of(config.resilience(), gateway.defaults());
        this.keys = Merging.keys(config);
        this.declared = Merging.byId(config.models());
        this.doors = new Doors(config, provider, environment);
    }

    public String id() {
        return config.id();
    }

    /** The provider in the catalogue; absent for one it does not know. */
    public Optional<Provider> provider() {
        return provider;
    }

    /** What the catalogue says it sells; read when first asked for. */
    public Shelf shelf() {
        return catalogue.shelf(config.catalogueId());
    }

    /** Ids of every model known to be there: those declared, then those of the catalogue. */
    public Set<String> modelIds() {
        Set<String> ids = new LinkedHashSet<>(declared.keySet());
        shelf().offers().forEach(offer -> ids.add(offer.id()));
        return ids;
    }

    public boolean declares(String model) {
        return declared.containsKey(model);
    }

    /**
     * The deployment of a model, known or not.
     *
     * @throws GatewayException if clients of this endpoint can't use it
     */
    public Deployment deployment(String model, Endpoint endpoint) {
        ConcurrentMap<String, Deployment> made =
                deployments.computeIfAbsent(endpoint, _ -> new ConcurrentHashMap<>());
        Deployment known = made.get(model);
        if (known != null) {
            return known;
        }
        Deployment fresh = make(model, endpoint);
        if (made.size() < MOST_REMEMBERED) {
            made.put(model, fresh);
        }
        return fresh;
    }

    /** The provider's own API; its deployment names no model. */
    public Deployment passthrough() {
        return nameless(doors.own(), keys);
    }

    /** Whether the provider is known to keep files or batches in the form of these clients. */
    public boolean keeps(Endpoint endpoint) {
        return doors.keeps(endpoint);
    }

    /**
     * Where the provider keeps files or batches for clients of this endpoint; the deployment names
     * no model. Of several keys only the first counts: they may be of several owners, and what one
     * of them has left the others would not find.
     *
     * @throws GatewayException if it keeps none in their form
     */
    public Deployment keeping(Endpoint endpoint) {
        return nameless(doors.keeping(endpoint), keys.isEmpty() ? keys : keys.subList(0, 1));
    }

    private Deployment nameless(Doors.Door door, List<ProviderKey> keys) {
        return new Deployment(
                id(),
                id(),
                provider.map(Provider::id),
                "",
                door.protocol(),
                door.dialect(),
                door.address(),
                door.auth(),
                door.auth() == Deployment.Auth.NONE ? List.of() : keys,
                config.headers(),
                Optional.empty(),
                Quirks.OWNER,
                false,
                resilience,
                ModelFacts.unknown(""));
    }

    private Deployment make(String model, Endpoint endpoint) {
        Optional<Offer> offer = shelf().offer(model);
        Optional<ProvidedModel> own = Optional.ofNullable(declared.get(model));
        Doors.Door door = doors.door(endpoint, model, offer, own.flatMap(ProvidedModel::protocol));
        boolean owner = provider.map(it -> it.quirks().owner()).orElse(false);
        return new Deployment(
                id() + "/" + model,
                id(),
                provider.map(Provider::id),
                door.model(),
                door.protocol(),
                door.dialect(),
                door.address(),
                door.auth(),
                door.auth() == Deployment.Auth.NONE ? List.of() : keys,
                config.headers(),
                price(model, offer, own),
                provider.map(Provider::quirks).orElse(Quirks.NONE),
                config.conform() && !owner && door.protocol() != Protocol.SIM,
                resilience,
                offer.map(it -> OfferFacts.of(it, catalogue))
                        .orElseGet(() -> ModelFacts.unknown(model)));
    }

    private Optional<Price> price(
            String model, Optional<Offer> offer, Optional<ProvidedModel> own) {
        Optional<PriceConfig> operators =
                Optional.ofNullable(pricing.models().get(id() + "/" + model))
                        .or(() -> own.flatMap(ProvidedModel::price));
        Optional<Price> known = operators.map(Prices::of).or(() -> offer.flatMap(Offer::price));
        if (known.isPresent()) {
            return known;
        }
        return switch (pricing.unknown()) {
            case PricingConfig.Unknown.Unpriced _ -> Optional.empty();
            case PricingConfig.Unknown.Charged charged -> Optional.of(Prices.of(charged.price()));
            case PricingConfig.Unknown.Refused _ ->
                    throw new GatewayException(
                            ErrorCode.FORBIDDEN,
                            "The price of "
                                    + id()
                                    + "/"
                                    + model
                                    + " is not known, and this gateway refuses models without one"
                                    + " (pricing.unknown: refuse).");
        };
    }
}
