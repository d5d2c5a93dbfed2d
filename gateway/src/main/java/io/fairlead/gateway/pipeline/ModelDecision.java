package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.catalogue.Accounts;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.routing.RoutePlan;
import io.fairlead.gateway.routing.Router;
import io.fairlead.gateway.upstream.ForwardedHeaders;
import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.adapt.MediaNeeds.Need;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.openai.Conformance;
import io.fairlead.protocol.openai.RequestBody;
import io.fairlead.protocol.openai.RequestEdit;
import io.fairlead.protocol.openai.RequestFacts;
import io.fairlead.protocol.openai.RewrittenBody;
import io.fairlead.protocol.responses.stored.StatelessRequest;
import io.fairlead.protocol.service.ServiceForms;
import io.fairlead.protocol.service.Services;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request for a model may be answered by whoever serves it: those who speak as the client does
 * get the client's bytes with small edits, all others a translation. Confined to its exchange.
 */
final class ModelDecision implements Decision {
    private static final String DEFAULT_MODERATION = "omni-moderation-latest";
    private static final String DEFAULT_IMAGE = "gpt-image-1";

    private final ClientRequest request;
    private final RequestFacts facts;
    private final String requested;
    private final RoutePlan plan;
    private final Optional<ContentTarget> content;
    private final ForwardedHeaders headers = new ForwardedHeaders();
    private @Nullable RequestBody body;
    private Optional<Translatable> otherwise;

    private ModelDecision(
            ClientRequest request,
            RequestBody body,
            RequestFacts facts,
            String requested,
            RoutePlan plan,
            Optional<ContentTarget> content,
            Optional<Translatable> otherwise) {
        this.request = request;
        this.body = body;
        this.facts = facts;
        this.requested = requested;
        this.plan = plan;
        this.content = content;
        this.otherwise = otherwise;
        request.headers(headers::offer);
    }

    // ---- how it is made ----

    static ModelDecision of(
            ClientRequest request,
            Principal principal,
            byte[] bytes,
            Optional<NamedResponse> named,
            Router router) {
        Endpoint endpoint = request.endpoint();
        Optional<ContentTarget> content =
                endpoint.modelInPath()
                        ? Optional.of(ContentTarget.of(request.remainder(), request.query()))
                        : Optional.empty();
        Optional<String> type = Optional.ofNullable(request.header("content-type"));
        RequestBody scanned = RequestBody.scan(endpoint, type, bytes);
        NamedFiles files = NamedFiles.of(request, bytes, scanned.json(), router.accounts());
        RequestBody body =
                files.owner().isEmpty() ? scanned : RequestBody.scan(endpoint, type, files.body());
        RequestFacts facts =
                content.isPresent()
                        ? body.facts().of(content.get().model(), content.get().stream())
                        : body.facts();
        String model = facts.model().isEmpty() ? defaultModel(endpoint) : facts.model();
        RoutePlan plan = withLocal(router.plan(model, endpoint), endpoint);
        if (!Decision.mayUse(principal, model, plan)) {
            throw new GatewayException(
                    ErrorCode.MODEL_NOT_ALLOWED,
                    "This API key may not use the model " + model + ".");
        }
        RoutePlan able = files.keptIn(plan);
        Optional<String> previous = named.filter(NamedResponse::here).map(NamedResponse::id);
        return new ModelDecision(
                request,
                body,
                facts,
                model,
                named.isPresent() ? named.get().keptIn(able) : able,
                content,
                otherwise(request, model, files.body(), content, body, previous));
    }

    private static String defaultModel(Endpoint endpoint) {
        return switch (endpoint) {
            case MODERATIONS -> DEFAULT_MODERATION;
            case IMAGE_GENERATIONS, IMAGE_EDITS, IMAGE_VARIATIONS -> DEFAULT_IMAGE;
            default -> "";
        };
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
            RequestBody scanned,
            Optional<String> previous) {
        Optional<ServiceForms> forms = Services.of(request.endpoint());
        return forms.isPresent()
                ? Optional.of(new ServiceCall(request, forms.get(), model, bytes))
                : Conversation.of(request, bytes, scanned, content, previous)
                        .map(Translatable.class::cast);
    }

    // ---- what it says ----

    @Override
    public RequestFacts facts() {
        return facts;
    }

    @Override
    public String requested() {
        return requested;
    }

    @Override
    public boolean streams() {
        return facts.stream() && request.endpoint().streams();
    }

    @Override
    public boolean makes() {
        return true;
    }

    @Override
    public Endpoint answering() {
        return request.endpoint();
    }

    @Override
    public RoutePlan plan() {
        return plan;
    }

    @Override
    public ForwardedHeaders headers() {
        return headers;
    }

    // ---- what an attempt sends ----

    @Override
    public List<Need> mediaNeeds(Deployment deployment) {
        return isForeign(deployment) ? otherwise.get().mediaNeeds(deployment) : List.of();
    }

    @Override
    public Outbound outbound(Deployment deployment, Map<Media, Source.Inline> fetched) {
        return isForeign(deployment)
                ? Retold.outbound(
                        request.endpoint(),
                        otherwise.get().translation(deployment, fetched),
                        deployment,
                        headers,
                        notes())
                : edited(deployment);
    }

    private boolean isForeign(Deployment deployment) {
        return otherwise.isPresent() && otherwise.get().foreign(deployment);
    }

    private Outbound edited(Deployment deployment) {
        if (body == null) {
            throw new IllegalStateException("body was dropped (expected: no attempt after commit)");
        }
        boolean asksUsage = asksUsage(deployment);
        RewrittenBody rewritten =
                body.rewrite(
                        new RequestEdit(
                                deployment.model(),
                                asksUsage,
                                deployment.quirks().rename(),
                                deployment.quirks().unsupported()));
        return new Outbound(
                content.isPresent()
                        ? deployment.address().below(content.get().pathOf(deployment.model()))
                        : deployment.address().target(request.endpoint()),
                headers,
                request.endpoint() == Endpoint.RESPONSES && !deployment.quirks().keepsResponses()
                        ? StatelessRequest.of(rewritten.bytes())
                        : rewritten.bytes(),
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

    private boolean asksUsage(Deployment deployment) {
        return facts.stream()
                && !facts.streamUsageAsked()
                && deployment.quirks().streamUsage()
                && (request.endpoint() == Endpoint.CHAT_COMPLETIONS
                        || request.endpoint() == Endpoint.COMPLETIONS);
    }

    @Override
    public void dropBody() {
        body = null;
        otherwise = Optional.empty();
    }

    // ---- what comes back ----

    @Override
    public Optional<AnswerRelay> relay(
            AnswerRelay.Host host, Attempt attempt, ExchangeLimits limits, BodyBudget budget) {
        if (!Relays.isUsable(attempt)) {
            return Optional.empty();
        }
        return Optional.of(
                attempt.translation().isPresent()
                        ? Relays.translated(host, this, attempt, limits, budget)
                        : Relays.alike(
                                host,
                                this,
                                conformance(attempt.step().deployment()),
                                attempt,
                                limits,
                                budget));
    }

    /** What is put right in the answer of an OpenAI-like provider. */
    private Conformance conformance(Deployment deployment) {
        if (!deployment.conform()) {
            return Conformance.OFF;
        }
        Conformance conformance =
                Conformance.on(
                        deployment.quirks().finishReasons(),
                        deployment.model(),
                        request.receivedAt().getEpochSecond());
        return request.openRouterForm() ? conformance.forOpenRouter() : conformance;
    }

    @Override
    public Keeping.Worth keeps(Attempt attempt, Accounts accounts) {
        if (request.endpoint() != Endpoint.RESPONSES) {
            return Keeping.Worth.NOTHING;
        }
        if (attempt.translation().isEmpty()) {
            return StoredResponses.worth(attempt.step().deployment(), accounts);
        }
        boolean wanted =
                otherwise.orElse(null) instanceof Conversation conversation && conversation.keeps();
        return wanted ? Keeping.Worth.WHOLE : Keeping.Worth.NOTHING;
    }
}
