package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.Access;
import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.Price;
import io.fairlead.gateway.routing.RoutePlan;
import io.fairlead.gateway.routing.Router;
import io.fairlead.gateway.upstream.ForwardedHeaders;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.openai.RequestBody;
import io.fairlead.protocol.openai.RequestFacts;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request for a provider's own API goes there as it is; what it looks like is only for the
 * record. Confined to its exchange.
 */
final class RawDecision implements Decision {
    private static final Set<String> METHODS =
            Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
    private static final byte[] NOTHING = {};

    private final ClientRequest request;
    private final RawRoute route;
    private final RequestFacts facts;
    private final Optional<Deployment> priced;
    private final RoutePlan plan;
    private final ForwardedHeaders headers = new ForwardedHeaders();
    private byte[] body;

    private RawDecision(
            ClientRequest request,
            RawRoute route,
            RequestFacts facts,
            Optional<Deployment> priced,
            Deployment deployment,
            byte[] body) {
        this.request = request;
        this.route = route;
        this.facts = facts;
        this.priced = priced;
        this.plan = RoutePlan.of(deployment);
        this.body = body;
    }

    /** A request under {@code /passthrough/{provider}}. */
    static RawDecision of(ClientRequest request, Principal principal, byte[] bytes, Router router) {
        RawRoute route = RawRoute.of(request.remainder(), request.query());
        Deployment deployment = router.passthrough(route.provider());
        RawDecision decision = of(request, principal, bytes, router, route, deployment);
        request.headers(decision.headers::offerRaw);
        return decision;
    }

    /** A request about a response that a provider keeps. */
    static RawDecision ofKeptResponse(
            ClientRequest request,
            Principal principal,
            byte[] bytes,
            Optional<NamedResponse> named,
            Router router) {
        Optional<String> said = Optional.ofNullable(request.header(KeptCall.PROVIDER));
        Deployment keeper =
                StoredResponses.keeper(
                        router.accounts(), named.flatMap(NamedResponse::keeper).or(() -> said));
        String path = request.endpoint().path() + request.remainder();
        RawRoute route = RawRoute.of("/" + keeper.provider() + path, request.query());
        RawDecision decision = of(request, principal, bytes, router, route, keeper);
        request.headers(decision.headers::offer);
        return decision;
    }

    private static RawDecision of(
            ClientRequest request,
            Principal principal,
            byte[] bytes,
            Router router,
            RawRoute route,
            Deployment deployment) {
        if (!METHODS.contains(request.method())) {
            throw new GatewayException(
                    ErrorCode.METHOD_NOT_ALLOWED, "This method is not passed through.");
        }
        if (!Access.allows(principal, route.provider() + "/*")) {
            throw new GatewayException(
                    ErrorCode.FORBIDDEN,
                    "This API key may not use the whole API of " + route.provider() + ".");
        }
        RequestFacts facts = facts(request, route, bytes);
        return new RawDecision(
                request, route, facts, priced(route, facts, router), deployment, bytes);
    }

    /** What it says, where it looks like one that we know; nothing is refused. */
    private static RequestFacts facts(ClientRequest request, RawRoute route, byte[] bytes) {
        Optional<Endpoint> endpoint = route.endpoint();
        if (endpoint.isEmpty() || bytes.length == 0) {
            return RequestFacts.NONE;
        }
        Optional<String> type = Optional.ofNullable(request.header("content-type"));
        try {
            return RequestBody.scan(endpoint.get(), type, bytes).facts();
        } catch (GatewayException e) {
            return RequestFacts.NONE;
        }
    }

    /** The model that is probably asked for. */
    private static Optional<Deployment> priced(RawRoute route, RequestFacts facts, Router router) {
        if (facts.model().isEmpty()) {
            return Optional.empty();
        }
        try {
            String id = route.provider() + "/" + facts.model();
            return Optional.of(
                    router.plan(id, operation(route)).candidates().getFirst().deployment());
        } catch (GatewayException e) {
            return Optional.empty();
        }
    }

    private static Endpoint operation(RawRoute route) {
        return route.endpoint().orElse(Endpoint.CHAT_COMPLETIONS);
    }

    @Override
    public RequestFacts facts() {
        return facts;
    }

    @Override
    public String requested() {
        return priced.map(Deployment::id).orElse(route.provider());
    }

    @Override
    public boolean makes() {
        return request.endpoint() == Endpoint.PASSTHROUGH && request.method().equals("POST");
    }

    @Override
    public Endpoint answering() {
        return operation(route);
    }

    @Override
    public RoutePlan plan() {
        return plan;
    }

    @Override
    public String idOf(Deployment tried) {
        return priced.isPresent() ? priced.get().id() : tried.provider();
    }

    @Override
    public Optional<Price> priceOf(Deployment tried) {
        return priced.isPresent() ? priced.get().price() : tried.price();
    }

    @Override
    public ForwardedHeaders headers() {
        return headers;
    }

    @Override
    public Outbound outbound(Deployment deployment, Map<Media, Source.Inline> fetched) {
        return Outbound.asItCame(
                deployment.address().passthroughTarget(route.rest()), headers, body);
    }

    @Override
    public void dropBody() {
        body = NOTHING;
    }

    @Override
    public Optional<AnswerRelay> relay(
            AnswerRelay.Host host, Attempt attempt, ExchangeLimits limits, BodyBudget budget) {
        int status = attempt.status();
        if (isOperatorsFault(status)) {
            return Optional.empty();
        }
        return Optional.of(
                status >= 400
                        ? new RawErrorRelay(host, attempt.secrets())
                        : Relays.raw(host, attempt, limits, budget));
    }

    /** The client of a raw route must not learn that our credential is bad, nor see it named. */
    private static boolean isOperatorsFault(int status) {
        return status == 401 || status == 402 || status == 403;
    }
}
