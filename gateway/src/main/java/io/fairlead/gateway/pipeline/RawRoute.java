package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;

import java.util.Locale;
import java.util.Optional;

/**
 * A request for a provider's own API: {@code /passthrough/{provider}/rest?query}. Immutable.
 *
 * @param provider the provider's id
 * @param path what follows it, raw, beginning with {@code /}
 * @param query raw, without the {@code key} parameter, which is the client's credential
 */
record RawRoute(String provider, String path, String query) {

    /**
     * Reads the part of the path behind {@code /passthrough}.
     *
     * @throws GatewayException {@code invalid_request} when the path tries to leave the provider's
     *     API
     */
    static RawRoute of(String remainder, String query) {
        int start = remainder.startsWith("/") ? 1 : 0;
        int slash = remainder.indexOf('/', start);
        String provider = remainder.substring(start, slash < 0 ? remainder.length() : slash);
        String path = slash < 0 ? "/" : remainder.substring(slash);
        if (provider.isEmpty()) {
            throw new GatewayException(
                    ErrorCode.NOT_FOUND,
                    "No provider is named (expected: /passthrough/{provider}/…).");
        }
        check(path);
        if (!printable(query)) {
            throw unusable();
        }
        return new RawRoute(provider, path, withoutKey(query));
    }

    /** Path and query as asked for. */
    String rest() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** The operation, as far as the path looks like one of an OpenAI-like API. */
    Optional<Endpoint> endpoint() {
        for (Endpoint endpoint : Endpoint.values()) {
            // "/completions" would also be the end of "/chat/completions", which comes first
            if (!endpoint.path().isEmpty() && path.endsWith(endpoint.path())) {
                return Optional.of(endpoint);
            }
        }
        return Optional.empty();
    }

    /** No way up, no second authority, nothing that another server might read as either. */
    private static void check(String path) {
        String plain = path.toLowerCase(Locale.ROOT).replace("%2e", ".");
        boolean climbs = plain.contains("/../") || plain.contains("/./");
        boolean endsInDots = plain.endsWith("/..") || plain.endsWith("/.");
        boolean climbsEncoded = plain.contains("..%2f") || plain.contains("%2f..");
        boolean foreign =
                plain.startsWith("//")
                        || plain.contains("://")
                        || plain.indexOf('\\') >= 0
                        || plain.contains("%5c")
                        || plain.contains("%00");
        if (climbs || endsInDots || climbsEncoded || foreign || !printable(path)) {
            throw unusable();
        }
    }

    private static GatewayException unusable() {
        return new GatewayException(
                ErrorCode.INVALID_REQUEST,
                "path is not usable (expected: a plain path below /passthrough/{provider}).");
    }

    private static boolean printable(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '#') {
                return false;
            }
        }
        return true;
    }

    /** The query without what authenticates the client to us. */
    static String withoutKey(String query) {
        if (!query.contains("key=")) {
            return query;
        }
        StringBuilder kept = new StringBuilder(query.length());
        for (String pair : query.split("&", -1)) {
            if (!pair.equals("key") && !pair.startsWith("key=")) {
                kept.append(kept.isEmpty() ? "" : "&").append(pair);
            }
        }
        return kept.toString();
    }
}
