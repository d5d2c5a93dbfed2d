package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.telemetry.TraceContext;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.codec.Unreadable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is to be known of a client's request besides its body. Stateless. */
final class RequestWords {
    private static final List<String> MEANING = List.of("anthropic-beta", "anthropic-version");

    private RequestWords() {}

    /** The headers that change what is asked for. */
    static Map<String, String> headers(ClientRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : MEANING) {
            String value = request.header(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    /** The trace that the request is part of. */
    static TraceContext trace(ClientRequest request) {
        String parent = request.header("traceparent");
        String state = parent == null ? null : request.header("tracestate");
        return TraceContext.of(parent, state == null ? List.of() : List.of(state));
    }

    /** Letters and digits of the request's id. */
    static String plainId(ClientRequest request) {
        String id = request.id();
        StringBuilder kept = new StringBuilder(id.length());
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    /** What a client is told whose request can't be read. */
    static GatewayException refusal(Unreadable unreadable) {
        GatewayError error = GatewayError.of(ErrorCode.INVALID_REQUEST, unreadable.problem());
        return new GatewayException(
                unreadable.path().isEmpty() ? error : error.withParam(unreadable.path()));
    }
}
