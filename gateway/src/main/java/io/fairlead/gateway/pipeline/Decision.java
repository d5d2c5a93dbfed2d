package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.Access;
import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.catalogue.Accounts;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.Price;
import io.fairlead.gateway.responses.ResponseArchive;
import io.fairlead.gateway.routing.RoutePlan;
import io.fairlead.gateway.routing.Router;
import io.fairlead.gateway.upstream.ForwardedHeaders;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.adapt.MediaNeeds.Need;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.openai.RequestFacts;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request asks for and who may answer it: made once, when its body is there. One kind for
 * each way in which a request says that. Confined to its exchange.
 */
sealed interface Decision permits ModelDecision, RawDecision, KeptDecision, StoredDecision {
    /**
     * Decides.
     *
     * @param named the response that the request goes on from, or asks for; where the gateway keeps
     *     it, what was said before has been put into {@code bytes}
     * @throws GatewayException what the client got wrong, or may not do
     */
    static Decision of(
            ClientRequest request,
            Principal principal,
            byte[] bytes,
            Optional<NamedResponse> named,
            Router router,
            ResponseArchive archive) {
        Endpoint endpoint = request.endpoint();
        if (endpoint == Endpoint.PASSTHROUGH) {
            return RawDecision.of(request, principal, bytes, router);
        }
        boolean here = named.filter(NamedResponse::here).isPresent();
        if (OwnResponses.asked(request) || (here && OwnResponses.asksForOne(request))) {
            return new StoredDecision(request, OwnResponses.owner(principal), archive);
        }
        if (OwnResponses.asksForOne(request)) {
            return RawDecision.ofKeptResponse(request, principal, bytes, named, router);
        }
        if (endpoint.keeps()) {
            return new KeptDecision(request, KeptCall.of(request, principal, bytes, router));
        }
        return ModelDecision.of(request, principal, bytes, named, router);
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

    // ---- what is asked for ----

    /** What the body says, as far as it is one that we read. */
    default RequestFacts facts() {
        return RequestFacts.NONE;
    }

    /** The model as asked for; empty: none was. */
    default String requested() {
        return "";
    }

    /** Whether the answer must be a stream: elsewhere {@code stream} may be ignored. */
    default boolean streams() {
        return false;
    }

    /** Whether the answer makes something new, and does not only show what was made before. */
    boolean makes();

    /** The operation that the answer is one of. */
    Endpoint answering();

    // ---- who may answer ----

    RoutePlan plan();

    /** What the ledger calls the deployment that {@code tried} stands for. */
    default String idOf(Deployment tried) {
        return tried.id();
    }

    default Optional<Price> priceOf(Deployment tried) {
        return tried.price();
    }

    // ---- what an attempt sends ----

    /** Those of the client that pass; further ones may be put in. */
    ForwardedHeaders headers();

    /**
     * The media that this deployment wants the bytes of.
     *
     * @throws GatewayException if the client's request can't be read
     */
    default List<Need> mediaNeeds(Deployment deployment) {
        return List.of();
    }

    /**
     * What an attempt at this deployment sends.
     *
     * @param fetched the bytes of media
     * @throws Unsupported if the deployment's protocol can't honour the request
     * @throws GatewayException if the client's request can't be read
     */
    Outbound outbound(Deployment deployment, Map<Media, Source.Inline> fetched);

    /** No further attempt will be made: what was needed only to send it can go. */
    default void dropBody() {}

    // ---- what comes back ----

    /** The relay for the answer that {@code attempt} has got; empty: it is an error answer. */
    Optional<AnswerRelay> relay(
            AnswerRelay.Host host, Attempt attempt, ExchangeLimits limits, BodyBudget budget);

    /** What the gateway is to keep of the response that this attempt has brought. */
    default Keeping.Worth keeps(Attempt attempt, Accounts accounts) {
        return Keeping.Worth.NOTHING;
    }
}
