package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.routing.RoutePlan;
import io.fairlead.gateway.upstream.ForwardedHeaders;
import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;

import java.util.Map;
import java.util.Optional;

/** A call about files or batches goes to the provider that keeps them. Confined to its exchange. */
final class KeptDecision implements Decision {
    private final ClientRequest request;
    private final KeptCall call;
    private final RoutePlan plan;
    private final ForwardedHeaders headers = new ForwardedHeaders();

    KeptDecision(ClientRequest request, KeptCall call) {
        this.request = request;
        this.call = call;
        this.plan = RoutePlan.of(call.keeper());
        request.headers(headers::offer);
    }

    @Override
    public boolean makes() {
        return call.makes(request);
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

    @Override
    public Outbound outbound(Deployment deployment, Map<Media, Source.Inline> fetched) {
        return Outbound.asItCame(call.target(), headers, call.body());
    }

    @Override
    public Optional<AnswerRelay> relay(
            AnswerRelay.Host host, Attempt attempt, ExchangeLimits limits, BodyBudget budget) {
        if (!Relays.isUsable(attempt)) {
            return Optional.empty();
        }
        return Optional.of(
                call.content()
                        ? new RawRelay(host)
                        : Relays.whole(
                                host,
                                AnswerReading.marked(attempt.step().deployment().provider()),
                                attempt,
                                false,
                                limits,
                                budget));
    }
}
