package io.fairlead.gateway.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The headers of a client that are passed on to a provider. On the routes whose protocol we know
 * only a short list passes; on {@code /passthrough} everything but what names the client, its
 * credentials, this connection or the gateway. Filled by one request, then read only.
 */
public final class ForwardedHeaders {
    private static final Set<String> KNOWN_ROUTES =
            Set.of(
                    "accept",
                    "accept-language",
                    "anthropic-beta",
                    "anthropic-version",
                    "content-type",
                    "http-referer",
                    "idempotency-key",
                    "openai-beta",
                    "traceparent",
                    "tracestate",
                    "user-agent",
                    "x-client-request-id",
                    "x-title");

    /** Those of them that mean the same to providers of every protocol. */
    private static final Set<String> NEUTRAL =
            Set.of("idempotency-key", "traceparent", "tracestate", "user-agent");

    private static final Set<String> NEVER =
            Set.of(
                    "accept-encoding",
                    "api-key",
                    "authorization",
                    "connection",
                    "content-encoding",
                    "content-length",
                    "cookie",
                    "cookie2",
                    "expect",
                    "forwarded",
                    "host",
                    "http2-settings",
                    "keep-alive",
                    "origin",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "proxy-connection",
                    "referer",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "via",
                    "x-api-key",
                    "x-goog-api-key",
                    "x-real-ip");

    private static final List<String> NEVER_BEGINNING =
            List.of(
                    "x-fairlead-",
                    "x-portkey-",
                    "x-litellm-",
                    "x-forwarded-",
                    "x-stainless-",
                    "sec-");

    private final List<String> namesAndValues = new ArrayList<>(12);

    /** Takes a client's header on a route whose protocol we know, if it may pass. */
    public void offer(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (KNOWN_ROUTES.contains(lower)) {
            set(lower, value);
        }
    }

    /** Takes a client's header on a raw route, if it may pass. */
    public void offerRaw(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (mayPassRaw(lower)) {
            namesAndValues.add(lower);
            namesAndValues.add(value);
        }
    }

    /** Puts a header in, in place of one of that name. {@code name} is in lower case. */
    public void set(String name, String value) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            if (namesAndValues.get(i).equals(name)) {
                namesAndValues.set(i + 1, value);
                return;
            }
        }
        namesAndValues.add(name);
        namesAndValues.add(value);
    }

    /** Tells each name, in lower case, with its value. */
    void each(BiConsumer<String, String> visitor) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            visitor.accept(namesAndValues.get(i), namesAndValues.get(i + 1));
        }
    }

    /** What of these a provider of another protocol than the client's is sent, with a JSON body. */
    public ForwardedHeaders forOtherProtocol(Map<String, String> ofTheBody) {
        ForwardedHeaders neutral = new ForwardedHeaders();
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            if (NEUTRAL.contains(namesAndValues.get(i))) {
                neutral.namesAndValues.add(namesAndValues.get(i));
                neutral.namesAndValues.add(namesAndValues.get(i + 1));
            }
        }
        neutral.set("content-type", "application/json");
        ofTheBody.forEach(neutral::set);
        return neutral;
    }

    /** These but one; {@code name} is in lower case. */
    public ForwardedHeaders without(String name) {
        ForwardedHeaders others = new ForwardedHeaders();
        each((each, value) -> {
            if (!each.equals(name)) {
                others.namesAndValues.add(each);
                others.namesAndValues.add(value);
            }
        });
        return others;
    }

    private static boolean mayPassRaw(String lower) {
        if (NEVER.contains(lower)) {
            return false;
        }
        for (String beginning : NEVER_BEGINNING) {
            if (lower.startsWith(beginning)) {
                return false;
            }
        }
        return true;
    }
}
