package io.fairlead.protocol.openai;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.json.Json;

import java.util.Optional;

/**
 * A client's request body, scanned once: its facts, and the body each attempt sends. Immutable;
 * holds the client's array, which must not be changed.
 */
public sealed interface RequestBody permits JsonBody, MultipartBody, OpaqueBody {

    /**
     * Scans a body. Refuses only what no OpenAI-like provider could take: a body that is not of its
     * content type, no {@code model}, or a member the gateway needs in a form that can't be meant.
     *
     * @param contentType the request's {@code Content-Type}; absent is taken as JSON
     * @throws GatewayException with {@code invalid_request}, naming the field at fault
     */
    static RequestBody scan(Endpoint endpoint, Optional<String> contentType, byte[] body) {
        if (endpoint == Endpoint.PASSTHROUGH) {
            return OpaqueBody.of(body);
        }
        if (contentType.isPresent() && MultipartBody.isMultipart(contentType.get())) {
            return MultipartBody.scan(endpoint, contentType.get(), body);
        }
        return JsonBody.scan(endpoint, body);
    }

    RequestFacts facts();

    /** All of it, to be read without being gone through again; empty: not remembered. */
    default Optional<Json> json() {
        return Optional.empty();
    }

    /** The body for one attempt. The same edit gives the same bytes. */
    RewrittenBody rewrite(RequestEdit edit);

    /** Length of the client's body in bytes. */
    int length();
}
