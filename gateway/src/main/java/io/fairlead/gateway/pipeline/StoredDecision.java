package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.catalogue.Address;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.Quirks;
import io.fairlead.gateway.catalogue.Resilience;
import io.fairlead.gateway.responses.ResponseArchive;
import io.fairlead.gateway.routing.RoutePlan;
import io.fairlead.gateway.upstream.ForwardedHeaders;
import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A call about a response that the gateway keeps, it answers itself. Confined to its exchange. */
final class StoredDecision implements Decision {
    /** What records and headers call the gateway where it answers for itself. */
    static final Deployment GATEWAY =
            new Deployment(
                            "fairlead/responses",
                            "fairlead",
                            Optional.empty(),
                            "responses",
                            Protocol.OPENAI_RESPONSES,
                            Dialect.LOCAL,
                            Address.IN_PROCESS,
                            Deployment.Auth.NONE,
                            List.of(),
                            Map.of(),
                            Optional.empty(),
                            Quirks.OWNER,
                            false,
                            Resilience.DEFAULT,
                            ModelFacts.unknown("responses"))
                    .local();

    private static final RoutePlan PLAN = RoutePlan.of(GATEWAY);

    private final ClientRequest request;
    private final StoredAnswer answer;
    private final ForwardedHeaders headers = new ForwardedHeaders();

    StoredDecision(ClientRequest request, String owner, ResponseArchive archive) {
        this.request = request;
        this.answer =
                new StoredAnswer(
                        archive, owner, request.method(), request.remainder(), request.query());
    }

    @Override
    public boolean makes() {
        return false;
    }

    @Override
    public Endpoint answering() {
        return request.endpoint();
    }

    @Override
    public RoutePlan plan() {
        return PLAN;
    }

    @Override
    public ForwardedHeaders headers() {
        return headers; // nobody is sent any
    }

    @Override
    public Outbound outbound(Deployment deployment, Map<Media, Source.Inline> fetched) {
        return Outbound.inHouse(answer, headers);
    }

    @Override
    public Optional<AnswerRelay> relay(
            AnswerRelay.Host host, Attempt attempt, ExchangeLimits limits, BodyBudget budget) {
        return Optional.of(Relays.translated(host, this, attempt, limits, budget));
    }
}
