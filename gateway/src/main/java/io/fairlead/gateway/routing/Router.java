package io.fairlead.gateway.routing;

import io.fairlead.gateway.catalogue.Account;
import io.fairlead.gateway.catalogue.Accounts;
import io.fairlead.gateway.catalogue.Catalogue;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.routing.Resolver.Meaning;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Finds the deployments for a requested model: a snapshot of one configuration, which remembers
 * what it was asked. Immutable to its users; safe for any number of threads.
 */
public final class Router {
    /** More names than these are worked out anew for each request. */
    private static final int MOST_REMEMBERED = 4_096;

    private final Accounts accounts;
    private final Resolver resolver;
    private final ModelList models;
    private final RandomGenerator random;

    /** What was asked, by the operation of the clients who asked. */
    private final ConcurrentMap<Endpoint, ConcurrentMap<String, Answer>> known =
            new ConcurrentHashMap<>();

    /** What a name means, and the plan, if it is the same for every request. */
    private record Answer(Meaning meaning, Optional<RoutePlan> plan) {}

    private Router(
            GatewayConfig config, Catalogue catalogue, Accounts accounts, RandomGenerator random) {
        this.accounts = accounts;
        this.resolver = new Resolver(accounts, catalogue, config.models());
        this.models = new ModelList(config.models().keySet(), accounts, catalogue);
        this.random = random;
    }

    /**
     * The router of one configuration.
     *
     * @param environment values of the variables that base URLs of the catalogue name
     * @param random decides between weighted targets; must be safe for the threads that plan
     */
    public static Router of(
            GatewayConfig config,
            Catalogue catalogue,
            Function<String, Optional<String>> environment,
            RandomGenerator random) {
        return new Router(config, catalogue, Accounts.of(config, catalogue, environment), random);
    }

    /**
     * The deployments that may answer, in the order in which to try them.
     *
     * @param requested a name under {@code models}, {@code provider/model-id}, a canonical id or a
     *     bare id; with {@code :floor} the cheapest comes first, {@code :nitro} asks for the
     *     fastest and means the usual order until speeds are known
     * @throws GatewayException {@code model_not_found} with the nearest names, if nothing is called
     *     so; {@code invalid_request}, if what is called so can't be used by clients of this
     *     endpoint; {@code forbidden}, if a price must be known and is not
     */
    public RoutePlan plan(String requested, Endpoint endpoint) {
        ConcurrentMap<String, Answer> answers =
                known.computeIfAbsent(endpoint, _ -> new ConcurrentHashMap<>());
        Answer answer = answers.get(requested);
        if (answer == null) {
            answer = answer(requested, endpoint);
            if (answers.size() < MOST_REMEMBERED
                    || answer.meaning().resolution() == RoutePlan.Resolution.NAMED) {
                answers.put(requested, answer);
            }
        }
        return answer.plan().isPresent() ? answer.plan().get() : draw(requested, answer.meaning());
    }

    private Answer answer(String requested, Endpoint endpoint) {
        Meaning meaning = resolver.resolve(requested, endpoint);
        return new Answer(
                meaning,
                meaning.targets().fixed()
                        ? Optional.of(draw(requested, meaning))
                        : Optional.empty());
    }

    private RoutePlan draw(String requested, Meaning meaning) {
        return new RoutePlan(requested, meaning.resolution(), meaning.targets().walk(random));
    }

    /**
     * The provider's own API, for {@code /passthrough/{provider}/*}.
     *
     * @throws GatewayException {@code not_found}, if no such provider is configured
     */
    public Deployment passthrough(String provider) {
        Optional<Account> account = accounts.account(provider);
        return account.orElseThrow(() ->
                        new GatewayException(
                                ErrorCode.NOT_FOUND, "There is no provider " + provider + "."))
                .passthrough();
    }

    /** What clients may ask for. */
    public ModelList models() {
        return models;
    }

    /** The configured providers. */
    public Accounts accounts() {
        return accounts;
    }

    /** Reads ahead what the first requests would otherwise wait for. */
    public void warm() {
        resolver.served();
        models.all();
    }
}
