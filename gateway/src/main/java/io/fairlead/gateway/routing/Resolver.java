package io.fairlead.gateway.routing;

import io.fairlead.gateway.catalogue.Account;
import io.fairlead.gateway.catalogue.Accounts;
import io.fairlead.gateway.catalogue.Catalogue;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.Model;
import io.fairlead.gateway.catalogue.Provider;
import io.fairlead.gateway.config.ModelRoute;
import io.fairlead.gateway.routing.RoutePlan.Candidate;
import io.fairlead.gateway.routing.RoutePlan.Resolution;
import io.fairlead.gateway.routing.Served.Place;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Understands the names that clients ask for. It is slow beside {@link Router}, which remembers
 * what it says. Immutable to its users; safe for any number of threads.
 */
final class Resolver {
    /** Asks for the cheapest first, as at OpenRouter. */
    static final String FLOOR = ":floor";

    /** Asks for the fastest first; the usual order until speeds are known. */
    static final String NITRO = ":nitro";

    private final Accounts accounts;
    private final Catalogue catalogue;
    private final Map<String, ModelRoute> routes;
    private volatile Optional<Served> served = Optional.empty();

    /** What a name means: targets in a tree, and how that was found. */
    record Meaning(Resolution resolution, Branch targets) {}

    Resolver(Accounts accounts, Catalogue catalogue, Map<String, ModelRoute> routes) {
        this.accounts = accounts;
        this.catalogue = catalogue;
        this.routes = routes;
    }

    /**
     * The meaning of a name.
     *
     * @throws GatewayException if it means nothing, or nothing that clients of this endpoint can
     *     use
     */
    Meaning resolve(String requested, Endpoint endpoint) {
        boolean floor = requested.endsWith(FLOOR);
        if ((floor || requested.endsWith(NITRO)) && !routes.containsKey(requested)) {
            return withSuffix(requested, floor, endpoint);
        }
        return named(requested, endpoint)
                .or(() -> direct(requested, endpoint))
                .or(() -> canonical(requested, endpoint))
                .or(() -> bare(requested, endpoint))
                .orElseThrow(() -> notFound(requested));
    }

    /**
     * A suffix chooses among sellers, so a canonical id counts before the provider of the same
     * name. An aggregator gets the suffix itself: it routes, too.
     */
    private Meaning withSuffix(String requested, boolean floor, Endpoint endpoint) {
        String name = requested.substring(0, requested.lastIndexOf(':'));
        Meaning meaning =
                named(name, endpoint)
                        .or(() -> canonical(name, endpoint))
                        .or(() -> direct(aggregated(requested) ? requested : name, endpoint))
                        .or(() -> bare(name, endpoint))
                        .orElseThrow(() -> notFound(name));
        return floor
                ? new Meaning(meaning.resolution(), cheapestFirst(meaning.targets()))
                : meaning;
    }

    private boolean aggregated(String requested) {
        int slash = requested.indexOf('/');
        return slash > 0
                && accounts.account(requested.substring(0, slash))
                        .flatMap(Account::provider)
                        .filter(it -> it.kind() == Provider.Kind.AGGREGATOR)
                        .isPresent();
    }

    private static Branch cheapestFirst(Branch targets) {
        List<Branch> sorted = new ArrayList<>();
        targets.all().stream()
                .sorted(Comparator.comparing(Candidate::deployment, Cheapness.ORDER))
                .forEach(candidate -> sorted.add(new Branch.Leaf(candidate)));
        return new Branch.Fork(Strategy.PRIORITY, sorted, 1);
    }

    private Optional<Meaning> named(String name, Endpoint endpoint) {
        return routes.containsKey(name)
                ? Optional.of(
                        new Meaning(
                                Resolution.NAMED,
                                new Named(routes, this::deployments, endpoint).tree(name)))
                : Optional.empty();
    }

    private Optional<Meaning> direct(String name, Endpoint endpoint) {
        int slash = name.indexOf('/');
        if (slash <= 0 || slash == name.length() - 1) {
            return Optional.empty();
        }
        return accounts.account(name.substring(0, slash))
                .map(account -> account.deployment(name.substring(slash + 1), endpoint))
                .map(deployment ->
                        new Meaning(
                                Resolution.PROVIDER_MODEL,
                                new Branch.Leaf(new Candidate(deployment, 1))));
    }

    private Optional<Meaning> canonical(String name, Endpoint endpoint) {
        if (name.indexOf('/') <= 0) {
            return Optional.empty();
        }
        return catalogue
                .models()
                .model(name)
                .map(Model::id)
                .map(id -> served().placesOf(id))
                .flatMap(places -> meaning(Resolution.CANONICAL, places, endpoint));
    }

    private Optional<Meaning> bare(String name, Endpoint endpoint) {
        Set<String> models = served().modelsOf(name);
        if (models.size() > 1) {
            throw new GatewayException(
                    ErrorCode.MODEL_NOT_FOUND,
                    "Several models are called "
                            + name
                            + ": "
                            + String.join(", ", models.stream().sorted().limit(8).toList())
                            + ".");
        }
        return models.stream()
                .findFirst()
                .flatMap(model ->
                        meaning(Resolution.BARE, served().placesOf(name, model), endpoint));
    }

    private static Optional<Meaning> meaning(
            Resolution resolution, List<Place> places, Endpoint endpoint) {
        List<Branch> leaves = new ArrayList<>(places.size());
        Optional<GatewayException> unusable = Optional.empty();
        for (Place place : places) {
            try {
                Deployment deployment = place.account().deployment(place.id(), endpoint);
                leaves.add(new Branch.Leaf(new Candidate(deployment, 1)));
            } catch (GatewayException e) {
                unusable = unusable.or(() -> Optional.of(e));
            }
        }
        if (leaves.isEmpty() && unusable.isPresent()) {
            throw unusable.get();
        }
        return leaves.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Meaning(resolution, new Branch.Fork(Strategy.PRIORITY, leaves, 1)));
    }

    /** What a target means that is no name under {@code models}. */
    private List<Deployment> deployments(String target, Endpoint endpoint) {
        Meaning meaning =
                direct(target, endpoint)
                        .or(() -> canonical(target, endpoint))
                        .or(() -> bare(target, endpoint))
                        .orElseThrow(() -> notFound(target));
        return meaning.targets().all().stream().map(Candidate::deployment).toList();
    }

    private GatewayException notFound(String requested) {
        return new GatewayException(
                ErrorCode.MODEL_NOT_FOUND, Unknown.message(requested, routes, served(), catalogue));
    }

    /** What the configured providers serve; worked out when first needed. */
    Served served() {
        Optional<Served> known = served;
        if (known.isEmpty()) {
            known = Optional.of(new Served(accounts, catalogue));
            served = known;
        }
        return known.get();
    }
}
