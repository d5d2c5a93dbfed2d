package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.Access;
import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.Price;
import io.fairlead.gateway.responses.ResponseArchive;
import io.fairlead.gateway.routing.RoutePlan;
import io.fairlead.gateway.routing.Router;
import io.fairlead.gateway.upstream.ForwardedHeaders;
import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.MediaNeeds.Need;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.openai.Conformance;
import io.fairlead.protocol.openai.RequestBody;
import io.fairlead.protocol.openai.RequestEdit;
import io.fairlead.protocol.openai.RequestFacts;
import io.fairlead.protocol.openai.RewrittenBody;
import io.fairlead.protocol.service.ServiceForms;
import io.fairlead.protocol.service.Services;
import io.fairlead.protocol.translate.InHouse;
import io.fairlead.protocol.translate.Protocols;
import io.fairlead.protocol.translate.Translation;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a request asks for and who may answer it: made once, when its body is there. The body can be
 * dropped when no further attempt is possible. Confined to its exchange.
 */
final class Decision {
    private static final Set<String> RAW_METHODS =
            Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
    private static final byte[] NOTHING = {};
    private static final String DEFAULT_MODERATION = "omni-moderation-latest";
    private static final String DEFAULT_IMAGE = "gpt-image-1";

    private final ClientRequest request;
    private final Principal principal;
    private final RequestFacts facts;
    private final RoutePlan plan;
    private final String requested;
    private final @Nullable RawRoute raw;
    private final Optional<KeptCall> kept;
    private final Optional<Deployment> priced;
    private final ForwardedHeaders headers = new ForwardedHeaders();
    private final Optional<ContentTarget> content;
    private @Nullable RequestBody body;
    private Optional<Translatable> otherwise;

    private Decision(
            ClientRequest request,
            Principal principal,
            RequestBody body,
            RequestFacts facts,
            String requested,
            RoutePlan plan,
            @Nullable RawRoute raw,
            Optional<KeptCall> kept,
            Optional<Deployment> priced,
            Optional<ContentTarget> content,
            Optional<Translatable> otherwise) {
        this.request = request;
        this.principal = principal;
        this.body = body;
        this.facts = facts;
        this.requested = requested;
        this.plan = plan;
        this.raw = raw;
        this.kept = kept;
        this.priced = priced;
        this.content = content;
        this.otherwise = otherwise;
        if (request.endpoint() == Endpoint.PASSTHROUGH) {
            request.headers(headers::offerRaw);
        } else {
            request.headers(headers::offer);
        }
    }

    /**
     * Decides.
     *
     * @param previous the kept response that the request goes on from, where what was said before
     *     has been put into {@code bytes}
     * @throws GatewayException what the client got wrong, or may not do
     */
    static Decision of(
            ClientRequest request,
            Principal principal,
            byte[] bytes,
            Optional<String> previous,
            Router router,
            ResponseArchive archive) {
        Endpoint endpoint = request.endpoint();
        if (endpoint == Endpoint.PASSTHROUGH) {
            RawRoute route = RawRoute.of(request.remainder(), request.query());
            return raw(
                    request, principal, bytes, router, route, router.passthrough(route.provider()));
        }
        if (OwnResponses.asked(request)) {
            return stored(
                    request,
                    principal,
                    new StoredCall(request, OwnResponses.owner(principal), archive));
        }
        if (endpoint == Endpoint.RESPONSES && !request.remainder().isEmpty()) {
            Deployment keeper = StoredResponses.keeper(router.accounts());
            RawRoute route =
                    RawRoute.of(
                            "/" + keeper.provider() + endpoint.path() + request.remainder(),
                            request.query());
            return raw(request, principal, bytes, router, route, keeper);
        }
        if (endpoint.keeps()) {
            return kept(request, principal, KeptCall.of(request, principal, bytes, router));
        }
        Optional<ContentTarget> content =
                endpoint.modelInPath()
                        ? Optional.of(ContentTarget.of(request.remainder(), request.query()))
                        : Optional.empty();
        NamedFiles files = NamedFiles.of(request, bytes, router.accounts());
        RequestBody body =
                RequestBody.scan(
                        endpoint,
                        Optional.ofNullable(request.header("content-type")),
                        files.body());
        RequestFacts facts =
                content.isPresent()
                        ? body.facts().of(content.get().model(), content.get().stream())
                        : body.facts();
        String model = facts.model().isEmpty() ? defaultModel(endpoint) : facts.model();
        RoutePlan plan = withLocal(router.plan(model, endpoint), endpoint);
        if (!mayUse(principal, model, plan)) {
            throw new GatewayException(
                    ErrorCode.MODEL_NOT_ALLOWED,
                    "This API key may not use the model " + model + ".");
        }
        return new Decision(
                request,
                principal,
                body,
                facts,
                model,
                files.keptIn(plan),
                null,
                Optional.empty(),
                Optional.empty(),
                content,
                otherwise(request, model, files.body(), content, facts, previous));
    }

    private static Decision stored(ClientRequest request, Principal principal, StoredCall call) {
        return new Decision(
                request,
                principal,
                RequestBody.scan(Endpoint.PASSTHROUGH, Optional.empty(), NOTHING),
                RequestFacts.NONE,
                "",
                RoutePlan.of(StoredCall.GATEWAY),
                null,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(call));
    }

    private static Decision kept(ClientRequest request, Principal principal, KeptCall call) {
        return new Decision(
                request,
                principal,
                RequestBody.scan(Endpoint.PASSTHROUGH, Optional.empty(), call.body()),
                RequestFacts.NONE,
                "",
                RoutePlan.of(call.keeper()),
                null,
                Optional.of(call),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The gateway itself comes last, where it can do what no provider could. */
    private static RoutePlan withLocal(RoutePlan plan, Endpoint endpoint) {
        boolean able = Services.of(endpoint).filter(ServiceForms::local).isPresent();
        boolean there =
                plan.candidates().stream()
                        .anyMatch(it -> it.deployment().dialect() == Dialect.LOCAL);
        return able && !there
                ? plan.withLast(plan.candidates().getFirst().deployment().local())
                : plan;
    }

    private static Optional<Translatable> otherwise(
            ClientRequest request,
            String model,
            byte[] bytes,
            Optional<ContentTarget> content,
            RequestFacts facts,
            Optional<String> previous) {
        Optional<ServiceForms> forms = Services.of(request.endpoint());
        return forms.isPresent()
                ? Optional.of(new ServiceCall(request, forms.get(), model, bytes))
                : Conversation.of(request, bytes, content, facts.hasTools(), previous)
                        .map(Translatable.class::cast);
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
                Optional.empty(),
                priced,
                Optional.empty(),
                Optional.empty());
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
    static boolean mayUse(Principal principal, String model, RoutePlan plan) {
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
            default -> "";
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
        return raw == null && facts.stream() && request.endpoint().streams();
    }

    /**
     * Whether the gateway is to keep the response that this translation makes. A client that says
     * nothing wants it kept.
     */
    boolean keeps(Optional<Translation> translation) {
        return request.endpoint() == Endpoint.RESPONSES
                && translation.isPresent()
                && otherwise.orElse(null) instanceof Conversation conversation
                && conversation.keeps();
    }

    /** A call about files or batches; empty: it is none. */
    Optional<KeptCall> kept() {
        return kept;
    }

    /** Whether the answer makes something new, and does not only show what was made before. */
    boolean makes() {
        if (kept.isPresent()) {
            return kept.get().makes(request);
        }
        return (raw == null && !OwnResponses.asked(request))
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

    /** The protocol in which the client holds its conversation, where it is one. */
    Optional<ChatProtocol> client() {
        return request.endpoint().conversation().flatMap(Protocols::of);
    }

    /**
     * The media that this deployment wants the bytes of.
     *
     * @throws GatewayException if the client's request can't be read
     */
    List<Need> mediaNeeds(Deployment deployment) {
        return otherwise
                .filter(it -> it.foreign(deployment))
                .map(it -> it.mediaNeeds(deployment))
                .orElse(List.of());
    }

    /**
     * What an attempt at this deployment sends.
     *
     * @param fetched the bytes of media
     * @throws Unsupported if the deployment's protocol can't honour the request
     * @throws GatewayException if the client's request can't be read
     */
    Outbound outbound(Deployment deployment, Map<Media, Source.Inline> fetched) {
        if (otherwise.filter(it -> it.foreign(deployment)).isPresent()) {
            return translated(otherwise.get().translation(deployment, fetched), deployment);
        }
        boolean asksUsage = asksUsage(deployment);
        RewrittenBody rewritten =
                body().rewrite(
                                new RequestEdit(
                                        deployment.model(),
                                        asksUsage,
                                        deployment.quirks().rename(),
                                        deployment.quirks().unsupported()));
        return new Outbound(
                target(deployment),
                headers,
                rewritten.bytes(),
                rewritten.dropped(),
                asksUsage,
                Optional.empty(),
                List.of(),
                notes());
    }

    /** What our own headers say of an answer that a provider gives. */
    private Map<String, String> notes() {
        return Services.of(request.endpoint()).map(ServiceForms::notes).orElse(Map.of());
    }

    private Outbound translated(Translation translation, Deployment deployment) {
        if (translation instanceof InHouse own) {
            return new Outbound(
                    "",
                    headers,
                    NOTHING,
                    List.of(),
                    false,
                    Optional.of(own),
                    List.of(),
                    own.notes());
        }
        ProviderRequest written = translation.request();
        List<String> dropped = new ArrayList<>(translation.dropped());
        byte[] bytes = written.body();
        String target = deployment.address().targetOf(written.path());
        if (request.endpoint().service().isEmpty() && deployment.protocol().openAiLike()) {
            Endpoint endpoint =
                    deployment.protocol() == Protocol.OPENAI_RESPONSES
                            ? Endpoint.RESPONSES
                            : Endpoint.CHAT_COMPLETIONS;
            if (deployment.quirks().changesRequests()) {
                RewrittenBody rewritten = quirks(endpoint, bytes, deployment);
                bytes = rewritten.bytes();
                dropped.addAll(rewritten.dropped());
            }
            target = deployment.address().target(endpoint);
        }
        List<Outbound.Further> further = further(translation, deployment);
        ForwardedHeaders passed = headers.forOtherProtocol(written.headers());
        return new Outbound(
                target,
                // several calls are not the same one made again
                further.isEmpty() ? passed : passed.without("idempotency-key"),
                bytes,
                dropped,
                false,
                Optional.of(translation),
                further,
                notes());
    }

    private static List<Outbound.Further> further(Translation translation, Deployment deployment) {
        List<ProviderRequest> all = translation.requests();
        List<Outbound.Further> further = new ArrayList<>(all.size() - 1);
        for (ProviderRequest one : all.subList(1, all.size())) {
            further.add(
                    new Outbound.Further(deployment.address().targetOf(one.path()), one.body()));
        }
        return further;
    }

    /** What an OpenAI-like provider wants otherwise than OpenAI. */
    private static RewrittenBody quirks(Endpoint endpoint, byte[] bytes, Deployment deployment) {
        return RequestBody.scan(endpoint, Optional.empty(), bytes)
                .rewrite(
                        new RequestEdit(
                                deployment.model(),
                                false,
                                deployment.quirks().rename(),
                                deployment.quirks().unsupported()));
    }

    private String target(Deployment deployment) {
        if (raw != null) {
            return deployment.address().passthroughTarget(raw.rest());
        }
        if (kept.isPresent()) {
            return kept.get().target();
        }
        return content.isPresent()
                ? deployment.address().below(content.get().pathOf(deployment.model()))
                : deployment.address().target(request.endpoint());
    }

    private boolean asksUsage(Deployment deployment) {
        return raw == null
                && facts.stream()
                && !facts.streamUsageAsked()
                && deployment.quirks().streamUsage()
                && (request.endpoint() == Endpoint.CHAT_COMPLETIONS
                        || request.endpoint() == Endpoint.COMPLETIONS);
    }

    private RequestBody body() {
        if (body == null) {
            throw new IllegalStateException("body was dropped (expected: no attempt after commit)");
        }
        return body;
    }

    Conformance conformance(Deployment deployment) {
        if (raw != null || !deployment.conform()) {
            return Conformance.OFF;
        }
        Conformance conformance =
                Conformance.on(
                        deployment.quirks().finishReasons(),
                        deployment.model(),
                        request.receivedAt().getEpochSecond());
        return request.openRouterForm() ? conformance.forOpenRouter() : conformance;
    }

    /** No further attempt will be made. */
    void dropBody() {
        body = null;
        otherwise = Optional.empty();
    }
}
