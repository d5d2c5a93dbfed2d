package io.fairlead.gateway.cloud;

import io.fairlead.kernel.Secret;
import io.fairlead.protocol.json.Json;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Keys for who has signed on to AWS in a browser: what the sign-on left is used until it expires.
 * Stateless; blocks.
 */
final class AwsSignOn {
    private final String who;
    private final Optional<String> region;
    private final Map<String, String> environment;
    private final TokenServer server;

    AwsSignOn(
            String who,
            Optional<String> region,
            Map<String, String> environment,
            TokenServer server) {
        this.who = who;
        this.region = region;
        this.environment = environment;
        this.server = server;
    }

    static boolean describedIn(Map<String, String> profile) {
        return profile.containsKey("sso_account_id")
                && (profile.containsKey("sso_session") || profile.containsKey("sso_start_url"));
    }

    Grant keys(Map<String, String> profile)
            throws CloudException, IOException, InterruptedException {
        Optional<String> session = AwsRole.setting(profile, "sso_session");
        Map<String, String> described =
                session.map(name -> AwsFiles.signOn(environment, name)).orElse(profile);
        String left = session.isPresent() ? session.get() : needed(described, "sso_start_url");
        String token = token(AwsFiles.signedOn(environment, sha1(left)));
        String base =
                AwsRole.setting(environment, "AWS_ENDPOINT_URL_SSO")
                        .orElse(
                                "https://portal.sso."
                                        + needed(described, "sso_region")
                                        + ".amazonaws.com");
        URI url;
        try {
            url =
                    URI.create(
                            base
                                    + "/federation/credentials?role_name="
                                    + encoded(needed(profile, "sso_role_name"))
                                    + "&account_id="
                                    + encoded(needed(profile, "sso_account_id")));
        } catch (IllegalArgumentException _) {
            throw CloudException.refused(who + ": the address to sign on at is no URL");
        }
        HttpRequest.Builder request =
                TokenServer.request(who, url).header("x-amz-sso_bearer_token", token).GET();
        return lent(TokenServer.json(who, server.text(who, request)));
    }

    private String token(Optional<String> left) throws CloudException {
        if (left.isPresent()) {
            Json cached = TokenServer.json(who, left.get());
            Optional<String> token = TokenServer.member(cached, "accessToken");
            if (token.isPresent() && !expired(cached)) {
                return token.get();
            }
        }
        throw CloudException.refused(
                who + ": nobody has signed on, or it has expired (expected: aws sso login)");
    }

    private boolean expired(Json cached) {
        try {
            return TokenServer.member(cached, "expiresAt")
                    .map(Instant::parse)
                    .filter(until -> !until.isAfter(server.clock().instant()))
                    .isPresent();
        } catch (DateTimeParseException _) {
            return false; // the server will say
        }
    }

    private Grant lent(Json answer) throws CloudException {
        Json keys = answer.get("roleCredentials").orElse(Json.EMPTY_OBJECT);
        Optional<String> id = TokenServer.member(keys, "accessKeyId");
        Optional<String> secret = TokenServer.member(keys, "secretAccessKey");
        Optional<Long> until =
                keys.get("expiration").filter(it -> it.kind() == Json.Kind.NUMBER).map(Json::whole);
        if (id.isEmpty() || secret.isEmpty() || until.isEmpty()) {
            throw CloudException.unavailable(who + ": an answer without a key pair");
        }
        return new Grant.AwsKeys(
                Secret.of(id.get()),
                Secret.of(secret.get()),
                TokenServer.member(keys, "sessionToken").map(Secret::of),
                region,
                Instant.ofEpochMilli(until.get()));
    }

    private String needed(Map<String, String> settings, String name) throws CloudException {
        Optional<String> value = AwsRole.setting(settings, name);
        if (value.isEmpty()) {
            throw CloudException.refused(who + ": a profile to sign on with, without " + name);
        }
        return value.get();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** The name that AWS's tools give to what a sign-on left. */
    private static String sha1(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-1 is in every JDK", e);
        }
    }
}
