package io.fairlead.gateway.edge;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Lets web pages of the configured origins call, and no others: without {@code server.cors.origins}
 * no answer has a CORS header, so browsers refuse. Cookies are never allowed. Stateless.
 */
final class Cors {
    private static final String EXPOSED =
            "x-fairlead-request-id, x-fairlead-model, x-fairlead-attempts, x-fairlead-cost,"
                    + " x-fairlead-cache, x-fairlead-overhead-us, x-fairlead-dropped, retry-after,"
                    + " x-ratelimit-limit-requests, x-ratelimit-remaining-requests,"
                    + " x-ratelimit-reset-requests";
    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE, OPTIONS";

    private Cors() {}

    /** Adds what an allowed origin needs; true when that was a preflight and is answered. */
    static boolean answer(Incoming in, Outgoing out, List<String> origins) {
        if (origins.isEmpty()) {
            return false;
        }
        String origin = in.header("origin");
        boolean any = origins.contains("*");
        if (origin == null || !(any || origins.contains(origin))) {
            return false;
        }
        MultiMap headers = out.headers();
        headers.set("access-control-allow-origin", any ? "*" : origin);
        if (!any) {
            headers.add("vary", "origin");
        }
        if (HttpMethod.OPTIONS.equals(in.http().method())
                && in.header("access-control-request-method") != null) {
            headers.set("access-control-allow-methods", METHODS);
            headers.set("access-control-max-age", "600");
            String wanted = in.header("access-control-request-headers");
            if (tokens(wanted)) {
                headers.set("access-control-allow-headers", wanted);
            }
            out.status(204);
            out.end();
            return true;
        }
        headers.set("access-control-expose-headers", EXPOSED);
        return false;
    }

    /** Whether {@code list} is a list of header names and nothing else. */
    private static boolean tokens(@Nullable String list) {
        if (list == null || list.length() > 1_000) {
            return false;
        }
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            boolean fine = Character.isLetterOrDigit(c) && c < 0x7F;
            if (!fine && c != '-' && c != '_' && c != ',' && c != ' ') {
                return false;
            }
        }
        return true;
    }
}
