package io.fairlead.gateway.upstream;

import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.ProviderKey;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Secret;
import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * One attempt as it shall go on the wire. Immutable.
 *
 * @param endpoint the operation
 * @param deployment where it goes
 * @param key the credential to put in; absent: none
 * @param method the HTTP method
 * @param target path and query in origin form: {@code /v1/chat/completions}
 * @param headers the client's headers that may be passed on, and the content type
 * @param body the body; absent: none
 * @param lent headers that a cloud's credential makes, by their names in lower case
 */
public record UpstreamRequest(
        Endpoint endpoint,
        Deployment deployment,
        @Nullable ProviderKey key,
        String method,
        String target,
        ForwardedHeaders headers,
        @Nullable Buffer body,
        Map<String, Secret> lent) {

    public UpstreamRequest(
            Endpoint endpoint,
            Deployment deployment,
            @Nullable ProviderKey key,
            String method,
            String target,
            ForwardedHeaders headers,
            @Nullable Buffer body) {
        this(endpoint, deployment, key, method, target, headers, body, Map.of());
    }

    UpstreamRequest with(Map<String, Secret> nowLent) {
        return new UpstreamRequest(
                endpoint, deployment, key, method, target, headers, body, nowLent);
    }

    UpstreamRequest withoutBody() {
        return new UpstreamRequest(endpoint, deployment, key, method, target, headers, null, lent);
    }
}
