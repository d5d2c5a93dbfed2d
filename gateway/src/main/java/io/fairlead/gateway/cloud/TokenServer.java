package io.fairlead.gateway.cloud;

import io.fairlead.kernel.Secret;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.MalformedJson;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import javax.net.ssl.SSLContext;

/**
 * Asks servers that hand out credentials: small answers, short patience, no redirects. Thread-safe;
 * blocks.
 */
final class TokenServer {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 256 * 1024;
    private static final int LONGEST_CODE = 60;
    private static final int BAD_REQUEST = 400;
    private static final int TIMEOUT = 408;
    private static final int THROTTLED = 429;
    private static final int SERVER_ERROR = 500;

    private final InstantSource clock;
    private final Optional<SSLContext> tls;
    private @Nullable HttpClient client;

    /**
     * @param tls says which servers are believed; absent: the system does
     */
    TokenServer(InstantSource clock, Optional<SSLContext> tls) {
        this.clock = clock;
        this.tls = tls;
    }

    /** Made when it is first used: a start without clouds does not load it. */
    private synchronized HttpClient client() {
        if (client == null) {
            HttpClient.Builder builder =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .connectTimeout(CONNECT)
                            .followRedirects(HttpClient.Redirect.NEVER);
            tls.ifPresent(builder::sslContext);
            client = builder.build();
        }
        return client;
    }

    InstantSource clock() {
        return clock;
    }

    /**
     * Buys a token: {@code access_token} and {@code expires_in}.
     *
     * @param who whose it is, for messages
     */
    Grant.Token token(String who, URI url, Map<String, String> form)
            throws CloudException, IOException, InterruptedException {
        String body =
                form.entrySet().stream()
                        .map(it -> it.getKey() + "=" + encoded(it.getValue()))
                        .collect(Collectors.joining("&"));
        return token(
                who,
                request(who, url)
                        .header("content-type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Grant.Token token(String who, HttpRequest.Builder request)
            throws CloudException, IOException, InterruptedException {
        Instant asked = clock.instant();
        Json answer = json(who, text(who, request));
        Optional<String> token = member(answer, "access_token");
        if (token.isEmpty()) {
            throw CloudException.unavailable(who + ": an answer without access_token");
        }
        long seconds =
                answer.get("expires_in").map(it -> Long.parseLong(digits(it))).orElse(3_600L);
        return new Grant.Token(Secret.of(token.get()), asked.plusSeconds(seconds));
    }

    /** Entra writes the number as a string in its older version. */
    private static String digits(Json number) {
        return number.isString() ? number.text() : Long.toString(number.whole());
    }

    static HttpRequest.Builder request(String who, URI url) throws CloudException {
        try {
            return HttpRequest.newBuilder(url).timeout(ANSWER);
        } catch (IllegalArgumentException _) {
            throw CloudException.refused(who + ": the address to ask at is no HTTP URL");
        }
    }

    /** The body of a good answer. */
    String text(String who, HttpRequest.Builder request)
            throws CloudException, IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                client().send(request.build(), BodyHandlers.ofInputStream());
        String text;
        try (InputStream body = answer.body()) {
            text = new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
        int status = answer.statusCode();
        if (status == 200) {
            return text;
        }
        String says = who + ": status " + status + code(text);
        boolean theirs =
                status < BAD_REQUEST
                        || status == TIMEOUT
                        || status == THROTTLED
                        || status >= SERVER_ERROR;
        throw theirs ? CloudException.unavailable(says) : CloudException.refused(says);
    }

    static Json json(String who, String text) throws CloudException {
        try {
            return Json.parse(text);
        } catch (MalformedJson _) {
            throw CloudException.unavailable(who + ": an answer that is no JSON");
        }
    }

    /** A string that is there and not empty. */
    static Optional<String> member(Json object, String name) {
        return object.isObject()
                ? object.get(name)
                        .filter(Json::isString)
                        .map(Json::text)
                        .filter(it -> !it.isEmpty())
                : Optional.empty();
    }

    /**
     * The error code of OAuth or of AWS, if it is a plain word: the description may echo what we
     * sent.
     */
    private static String code(String text) {
        return (text.startsWith("<") ? AwsRoles.element(text, "Code") : oauth(text))
                .filter(it -> it.length() <= LONGEST_CODE)
                .filter(it -> it.chars().allMatch(TokenServer::plain))
                .map(it -> " (" + it + ")")
                .orElse("");
    }

    private static boolean plain(int c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static Optional<String> oauth(String text) {
        try {
            return member(Json.parse(text), "error");
        } catch (MalformedJson _) {
            return Optional.empty();
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
