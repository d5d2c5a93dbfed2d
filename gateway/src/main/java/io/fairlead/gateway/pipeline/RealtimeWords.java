package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.HeaderLookup;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.upstream.ForwardedHeaders;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.codec.Paths;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What the request for a realtime conversation says. Browsers can't set headers for a WebSocket:
 * theirs are in the list of subprotocols. Immutable.
 */
final class RealtimeWords {
    private static final String KEY = "openai-insecure-api-key.";
    private static final String BETA = "openai-beta.";
    private static final Set<String> OURS = Set.of("model", "key", "api-key");

    private final ClientRequest request;

    RealtimeWords(ClientRequest request) {
        this.request = request;
    }

    /** The headers in which a key may stand. */
    HeaderLookup credentials() {
        String key = protocol(KEY);
        return name -> {
            String value = request.header(name);
            return value == null && key != null && name.equalsIgnoreCase("authorization")
                    ? "Bearer " + key
                    : value;
        };
    }

    private @Nullable String protocol(String beginning) {
        String list = request.header("sec-websocket-protocol");
        if (list != null) {
            for (String protocol : list.split(",", 32)) {
                String name = protocol.strip();
                if (name.startsWith(beginning)) {
                    return name.substring(beginning.length());
                }
            }
        }
        return null;
    }

    /**
     * The model asked for.
     *
     * @throws GatewayException if there is none
     */
    String model() {
        for (String pair : request.query().split("&", -1)) {
            if (pair.startsWith("model=") && pair.length() > "model=".length()) {
                try {
                    return URLDecoder.decode(
                            pair.substring("model=".length()), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    break;
                }
            }
        }
        throw new GatewayException(
                GatewayError.of(
                                ErrorCode.INVALID_REQUEST,
                                "'model' is missing (expected: /v1/realtime?model=…).")
                        .withParam("model"));
    }

    /** What a provider is sent besides its credential. */
    ForwardedHeaders headers() {
        ForwardedHeaders headers = new ForwardedHeaders();
        request.headers(headers::offer);
        String beta = protocol(BETA);
        if (beta != null) {
            headers.set("openai-beta", beta.replaceFirst("-", "="));
        }
        return headers;
    }

    /**
     * Path and query at a deployment; where its name stands there already, it is not said again.
     */
    String target(Deployment deployment) {
        StringBuilder query = new StringBuilder();
        boolean named = deployment.address().target(Endpoint.REALTIME).contains("deployment=");
        if (!named) {
            query.append("model=").append(Paths.segment(deployment.model()));
        }
        for (String pair : request.query().split("&", -1)) {
            int is = pair.indexOf('=');
            String name = is < 0 ? pair : pair.substring(0, is);
            if (!name.isEmpty() && !OURS.contains(name) && plain(pair)) {
                query.append(query.isEmpty() ? "" : "&").append(pair);
            }
        }
        return deployment.address().target(Endpoint.REALTIME, "", query.toString());
    }

    private static boolean plain(String pair) {
        return pair.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '#');
    }
}
