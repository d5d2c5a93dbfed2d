package io.fairlead.gateway.upstream;

import io.vertx.core.MultiMap;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which headers of a provider's answer reach the client: all but those of the connection, of the
 * body's coding and length (both are made anew), of the provider's web site (cookies, policies) and
 * those that look like ours. The provider's own request id comes as {@code x-upstream-request-id};
 * {@code openai-*} and the provider's {@code x-ratelimit-*} pass under their own names. Stateless.
 */
public final class AnswerHeaders {
    private static final Set<String> DROPPED =
            Set.of(
                    "alt-svc",
                    "access-control-allow-credentials",
                    "access-control-allow-headers",
                    "access-control-allow-methods",
                    "access-control-allow-origin",
                    "access-control-expose-headers",
                    "access-control-max-age",
                    "connection",
                    "content-encoding",
                    "content-length",
                    "content-security-policy",
                    "date",
                    "keep-alive",
                    "nel",
                    "proxy-authenticate",
                    "proxy-connection",
                    "report-to",
                    "server",
                    "set-cookie",
                    "set-cookie2",
                    "strict-transport-security",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "vary",
                    "via",
                    "www-authenticate",
                    "x-powered-by");

    private AnswerHeaders() {}

    /** Copies what may pass from {@code provided} to {@code answer}. */
    public static void pass(MultiMap provided, MultiMap answer) {
        for (Map.Entry<String, String> header : provided) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("x-request-id")) {
                answer.add("x-upstream-request-id", header.getValue());
            } else if (!DROPPED.contains(name)
                    && !name.startsWith("x-fairlead-")
                    && !name.startsWith("cf-")) {
                answer.add(name, header.getValue());
            }
        }
    }
}
