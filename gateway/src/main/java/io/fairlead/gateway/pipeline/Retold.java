package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.upstream.ForwardedHeaders;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.openai.RequestBody;
import io.fairlead.protocol.openai.RequestEdit;
import io.fairlead.protocol.openai.RewrittenBody;
import io.fairlead.protocol.translate.InHouse;
import io.fairlead.protocol.translate.Translation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is sent to providers that speak otherwise than the client. Stateless. */
final class Retold {
    private Retold() {}

    /**
     * What an attempt sends by this translation.
     *
     * @param notes further headers of ours on the answer of a provider
     */
    static Outbound outbound(
            Endpoint asked,
            Translation translation,
            Deployment deployment,
            ForwardedHeaders headers,
            Map<String, String> notes) {
        if (translation instanceof InHouse own) {
            return Outbound.inHouse(own, headers);
        }
        ProviderRequest written = translation.request();
        List<String> dropped = new ArrayList<>(translation.dropped());
        byte[] bytes = written.body();
        String target = deployment.address().targetOf(written.path());
        if (asked.service().isEmpty() && deployment.protocol().openAiLike()) {
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
                notes);
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
}
