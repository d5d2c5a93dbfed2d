package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.routing.Step;
import io.fairlead.gateway.upstream.Buffers;
import io.fairlead.gateway.upstream.ForwardedHeaders;
import io.fairlead.gateway.upstream.UpstreamRequest;
import io.fairlead.protocol.translate.InHouse;
import io.fairlead.protocol.translate.Translation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one attempt sends; mostly in one call. Immutable, as long as nobody changes the body.
 *
 * @param target path and query, in origin form
 * @param headers those of the client that pass, and those the body needs
 * @param body empty for none
 * @param dropped request parameters that were left out for this provider
 * @param usageHidden whether the gateway asked for a usage report that the client did not ask for
 * @param translation where the provider does not speak the client's protocol
 * @param further calls that it takes besides, with the same headers
 * @param notes further headers of ours on the answer
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way out: never compared
record Outbound(
        String target,
        ForwardedHeaders headers,
        byte[] body,
        List<String> dropped,
        boolean usageHidden,
        Optional<Translation> translation,
        List<Further> further,
        Map<String, String> notes) {
    private static final byte[] NOTHING = {};

    /** A further call. */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way out: never compared
    record Further(String target, byte[] body) {}

    /** What goes out as it came. */
    static Outbound asItCame(String target, ForwardedHeaders headers, byte[] body) {
        return new Outbound(
                target, headers, body, List.of(), false, Optional.empty(), List.of(), Map.of());
    }

    /** Nothing: the gateway itself is asked. */
    static Outbound inHouse(InHouse own, ForwardedHeaders headers) {
        return new Outbound(
                "", headers, NOTHING, List.of(), false, Optional.of(own), List.of(), own.notes());
    }

    /** The call, where it is one. */
    UpstreamRequest call(ClientRequest request, Step.Try where) {
        return call(request, where, target, body);
    }

    /** All calls. */
    List<UpstreamRequest> calls(ClientRequest request, Step.Try where) {
        List<UpstreamRequest> all = new ArrayList<>(further.size() + 1);
        all.add(call(request, where));
        for (Further one : further) {
            all.add(call(request, where, one.target(), one.body()));
        }
        return all;
    }

    private UpstreamRequest call(ClientRequest request, Step.Try where, String path, byte[] bytes) {
        return new UpstreamRequest(
                request.endpoint(),
                where.deployment(),
                where.key().orElse(null),
                request.method(),
                path,
                headers,
                bytes.length == 0 ? null : Buffers.wrap(bytes));
    }
}
