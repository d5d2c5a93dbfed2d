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
import io.fairlead.protocol.openai.Conformance;
import io.fairlead.protocol.openai.RequestBody;
import io.fairlead.protocol.openai.RequestEdit;
import io.fairlead.protocol.openai.RequestFacts;
import io.fairlead.protocol.openai.RewrittenBody;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.Set;

/**
 * What a request asks for and who may answer it: made once, when its body is there. The body can be
 * dropped when no further attempt is possible. Confined to its exchange.
 */
final class Decision {
    private static final Set<String> RAW_METHODS =
            Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
    private static final String DEFAULT_MODERATION = "omni-moderation-latest";
    private static final String DEFAULT_IMAGE = "gpt-image-1";

    private final ClientRequest request;
    private final Principal principal;
    private final RequestFacts facts;
    private final RoutePlan plan;
    private final String requested;
    private final @Nullable RawRoute raw;
    private final Optional<Deployment> priced;
    private final ForwardedHeaders headers = new ForwardedHeaders();
    private @Nullable RequestBody body;

    private Decision(
            ClientRequest request,
            Principal principal,
            RequestBody body,
            RequestFacts facts,
            String requested,
            RoutePlan plan,
            @Nullable RawRoute raw,
            Optional<Deployment> priced) {
        this.request = request;
        this.principal = principal;
        this.body = body;
        this.facts = facts;
        this.requested = requested;
        this.plan = plan;
        this.raw = raw;
        this.priced = priced;
        if (request.endpoint() == Endpoint.PASSTHROUGH) {
            request.headers(headers::offerRaw);
        } else {
            request.headers(headers::offer);
        }
    }

    /**
     * Decides.
     *
     * @throws GatewayException what the client got wrong, or may not do
     */
    static Decision of(ClientRequest request, Principal principal, byte[] bytes, Router router) {
        Endpoint endpoint = request.endpoint();
        if (endpoint == Endpoint.PASSTHROUGH) {
            RawRoute route = RawRoute.of(request.remainder(), request.query());
            return raw(
                    request, principal, bytes, router, route, router.passthrough(route.provider()));
        }
        if (!request.remainder().isEmpty()) {
            Deployment keeper = StoredResponses.keeper(router.accounts());
            RawRoute route =
                    RawRoute.of(
                            "/" + keeper.provider() + endpoint.path() + request.remainder(),
                            request.query());
            return raw(request, principal, bytes, router, route, keeper);
        }
        RequestBody body =
                RequestBody.scan(
                        endpoint, Optional.ofNullable(request.header("content-type")), bytes);
        RequestFacts facts = body.facts();
        String model = facts.model().isEmpty() ? defaultModel(endpoint) : facts.model();
        RoutePlan plan = router.plan(model, endpoint);
        if (!mayUse(principal, model, plan)) {
            throw new GatewayException(
                    ErrorCode.MODEL_NOT_ALLOWED,
                    "This API key may not use the model " + model + ".");
        }
        return new Decision(request, principal, body, facts, model, plan, null, Optional.empty());
    }

    private static Decision raw(
            ClientRequest request,
            Principal principal,
            byte[] bytes,
            Router router,
            RawRoute route,
            Deployment deployment) {
        if (!RAW_METHODS.contains(request.method())) {
            throw new GatewayException(
                    ErrorCode.METHOD_NOT_ALLOWED, "This method is not passed through.");
        }
        if (!Access.allows(principal, route.provider() + "/*")) {
            throw new GatewayException(
                    ErrorCode.FORBIDDEN,
                    "This API key may not use the whole API of " + route.provider() + ".");
        }
        RequestFacts facts = rawFacts(request, route, bytes);
        Optional<Deployment> priced = priced(route, facts, router);
        return new Decision(
                request,
                principal,
                RequestBody.scan(Endpoint.PASSTHROUGH, Optional.empty(), bytes),
                facts,
                priced.map(Deployment::id).orElse(route.provider()),
                RoutePlan.of(deployment),
                route,
                priced);
    }

    /** What a raw request says, where it looks like one that we know; nothing is refused. */
    private static RequestFacts rawFacts(ClientRequest request, RawRoute route, byte[] bytes) {
        Optional<Endpoint> endpoint = route.endpoint();
        if (endpoint.isEmpty() || bytes.length == 0) {
            return RequestFacts.NONE;
        }
        try {
            return RequestBody.scan(
                            endpoint.get(),
                            Optional.ofNullable(request.header("content-type")),
                            bytes)
                    .facts();
        } catch (GatewayException e) {
            return RequestFacts.NONE;
        }
    }

    private static Optional<Deployment> priced(RawRoute route, RequestFacts facts, Router router) {
        if (facts.model().isEmpty()) {
            return Optional.empty();
        }
        try {
            String id = route.provider() + "/" + facts.model();
            return Optional.of(
                    router.plan(id, route.endpoint().orElse(Endpoint.CHAT_COMPLETIONS))
                            .candidates()
                            .getFirst()
                            .deployment());
        } catch (GatewayException e) {
            return Optional.empty();
        }
    }

    /**
     * A name of the operator's own must itself be allowed; any other way to say a model is as good
     * as the ids it stands for.
     */
    private static boolean mayUse(Principal principal, String model, RoutePlan plan) {
        if (Access.allows(principal, model)) {
            return true;
        }
        return plan.resolution() != RoutePlan.Resolution.NAMED
                && plan.candidates().stream()
                        .allMatch(it -> Access.allows(principal, it.deployment().id()));
    }

    private static String defaultModel(Endpoint endpoint) {
        return switch (endpoint) {
            case MODERATIONS -> DEFAULT_MODERATION;
            case IMAGE_GENERATIONS, IMAGE_EDITS, IMAGE_VARIATIONS -> DEFAULT_IMAGE;
            case CHAT_COMPLETIONS,
                    COMPLETIONS,
                    RESPONSES,
                    EMBEDDINGS,
                    SPEECH,
                    TRANSCRIPTIONS,
                    TRANSLATIONS,
                    MESSAGES,
                    GENERATE_CONTENT,
                    PASSTHROUGH ->
                    "";
        };
    }

    Principal principal() {
        return principal;
    }

    RequestFacts facts() {
        return facts;
    }

    RoutePlan plan() {
        return plan;
    }

    /** The model as asked for. */
    String requested() {
        return requested;
    }

    boolean isRaw() {
        return raw != null;
    }

    /** Whether the answer must be a stream: elsewhere {@code stream} may be ignored. */
    boolean streams() {
        return raw == null
                && facts.stream()
                && switch (request.endpoint()) {
                    case CHAT_COMPLETIONS, COMPLETIONS, RESPONSES, MESSAGES, GENERATE_CONTENT ->
                            true;
                    case EMBEDDINGS,
                            IMAGE_GENERATIONS,
                            IMAGE_EDITS,
                            IMAGE_VARIATIONS,
                            SPEECH,
                            TRANSCRIPTIONS,
                            TRANSLATIONS,
                            MODERATIONS,
                            PASSTHROUGH ->
                            false;
                };
    }

    /** Whether the answer makes something new, and does not only show what was made before. */
    boolean makes() {
        return raw == null
                || (request.endpoint() == Endpoint.PASSTHROUGH && request.method().equals("POST"));
    }

    /** The operation that the answer is one of. */
    Endpoint answering() {
        return raw == null ? request.endpoint() : raw.endpoint().orElse(Endpoint.CHAT_COMPLETIONS);
    }

    ForwardedHeaders headers() {
        return headers;
    }

    /** What the ledger calls the deployment that {@code tried} stands for. */
    String idOf(Deployment tried) {
        if (priced.isPresent()) {
            return priced.get().id();
        }
        return raw == null ? tried.id() : tried.provider();
    }

    Optional<Price> priceOf(Deployment tried) {
        return priced.isPresent() ? priced.get().price() : tried.price();
    }

    /** Path and query at {@code deployment}. */
    String target(Deployment deployment) {
        return raw == null
                ? deployment.address().target(request.endpoint())
                : deployment.address().passthroughTarget(raw.rest());
    }

    /** Whether the gateway asks for a usage report that the client did not ask for. */
    boolean asksUsage(Deployment deployment) {
        return raw == null
                && facts.stream()
                && !facts.streamUsageAsked()
                && deployment.quirks().streamUsage()
                && (request.endpoint() == Endpoint.CHAT_COMPLETIONS
                        || request.endpoint() == Endpoint.COMPLETIONS);
    }

    /** The body for one attempt. */
    RewrittenBody bodyFor(Deployment deployment) {
        if (body == null) {
            throw new IllegalStateException("body was dropped (expected: no attempt after commit)");
        }
        return body.rewrite(
                new RequestEdit(
                        deployment.model(),
                        asksUsage(deployment),
                        deployment.quirks().rename(),
                        deployment.quirks().unsupported()));
    }

    Conformance conformance(Deployment deployment) {
        return raw == null && deployment.conform()
                ? Conformance.on(
                        deployment.quirks().finishReasons(),
                        deployment.model(),
                        request.receivedAt().getEpochSecond())
                : Conformance.OFF;
    }

    /** No further attempt will be made. */
    void dropBody() {
        body = null;
    }
}
