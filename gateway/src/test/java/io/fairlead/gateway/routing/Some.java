package io.fairlead.gateway.routing;

import io.fairlead.gateway.catalogue.Address;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.ProviderKey;
import io.fairlead.gateway.catalogue.Quirks;
import io.fairlead.gateway.catalogue.Resilience;
import io.fairlead.gateway.routing.RoutePlan.Candidate;
import io.fairlead.gateway.routing.RoutePlan.Resolution;
import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Secret;
import io.fairlead.protocol.adapt.ModelFacts;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Deployments and plans for tests. Stateless. */
final class Some {
    static final Resilience NO_RETRIES = resilience(0, true);

    private Some() {}

    static Resilience resilience(int retries, boolean breaker) {
        Resilience usual = Resilience.DEFAULT;
        return new Resilience(
                retries, breaker, usual.connect(), usual.firstToken(), usual.idle(), usual.total());
    }

    static Deployment deployment(String id, int keys, Resilience resilience) {
        String provider = id.substring(0, id.indexOf('/'));
        List<ProviderKey> providerKeys =
                IntStream.rangeClosed(1, keys)
                        .mapToObj(i -> new ProviderKey(provider + "#" + i, Secret.of("s" + i), 1))
                        .toList();
        return new Deployment(
                id,
                provider,
                Optional.empty(),
                id.substring(id.indexOf('/') + 1),
                Protocol.OPENAI_CHAT,
                Dialect.OPENAI,
                Address.of(URI.create("http://127.0.0.1:1/v1")),
                keys == 0 ? Deployment.Auth.NONE : Deployment.Auth.BEARER,
                providerKeys,
                Map.of(),
                Optional.empty(),
                Quirks.NONE,
                true,
                resilience,
                ModelFacts.unknown(id));
    }

    static RoutePlan plan(Deployment... deployments) {
        return new RoutePlan(
                "asked",
                Resolution.NAMED,
                Arrays.stream(deployments).map(it -> new Candidate(it, 1)).toList());
    }
}
