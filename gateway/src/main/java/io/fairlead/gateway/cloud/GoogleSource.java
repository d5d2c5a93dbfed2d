package io.fairlead.gateway.cloud;

import io.fairlead.kernel.Secret;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens of Google Cloud: for a service account or a user whose file the operator gives, else as
 * Google's own libraries find them, last from the metadata server. Stateless.
 */
final class GoogleSource implements GrantSource {
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final String TOKEN_URI = "https://oauth2.googleapis.com/token";
    private static final long LIFETIME_SECONDS = 3_600;

    private final String who;
    private final Optional<Secret> given;
    private final Map<String, String> environment;
    private final TokenServer server;

    GoogleSource(
            String who,
            Optional<Secret> given,
            Map<String, String> environment,
            TokenServer server) {
        this.who = who;
        this.given = given;
        this.environment = environment;
        this.server = server;
    }

    @Override
    public Grant fetch() throws CloudException, IOException, InterruptedException {
        Optional<String> file = given.isPresent() ? given.map(Secret::reveal) : found();
        if (file.isEmpty()) {
            return metadata();
        }
        Json account = TokenServer.json(who, file.get());
        String type = TokenServer.member(account, "type").orElse("");
        return switch (type) {
            case "service_account" -> serviceAccount(account);
            case "authorized_user" -> user(account);
            default ->
                    throw CloudException.refused(
                            who
                                    + ": credentials of a type that can't be used (expected:"
                                    + " service_account or authorized_user)");
        };
    }

    /** Read each time: it may be replaced. */
    private Optional<String> found() throws CloudException {
        String named = environment.get("GOOGLE_APPLICATION_CREDENTIALS");
        String folder = environment.get("CLOUDSDK_CONFIG");
        String home = environment.get("HOME");
        if (named != null) {
            Optional<String> text = read(Path.of(named));
            if (text.isEmpty()) {
                throw CloudException.refused(
                        who + ": the file of GOOGLE_APPLICATION_CREDENTIALS can't be read");
            }
            return text;
        }
        if (folder != null) {
            return read(Path.of(folder, "application_default_credentials.json"));
        }
        return home == null
                ? Optional.empty()
                : read(Path.of(home, ".config/gcloud/application_default_credentials.json"));
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private Grant metadata() throws CloudException, IOException, InterruptedException {
        String host = environment.getOrDefault("GCE_METADATA_HOST", "metadata.google.internal");
        URI url =
                uri(
                        "http://"
                                + host
                                + "/computeMetadata/v1/instance/service-accounts/default/token");
        return server.token(
                who, TokenServer.request(who, url).header("metadata-flavor", "Google").GET());
    }

    private Grant user(Json account) throws CloudException, IOException, InterruptedException {
        return server.token(
                who,
                uri(TokenServer.member(account, "token_uri").orElse(TOKEN_URI)),
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        needed(account, "client_id"),
                        "client_secret",
                        needed(account, "client_secret"),
                        "refresh_token",
                        needed(account, "refresh_token")));
    }

    private Grant serviceAccount(Json account)
            throws CloudException, IOException, InterruptedException {
        String audience = TokenServer.member(account, "token_uri").orElse(TOKEN_URI);
        Instant now = server.clock().instant();
        JsonObject header = new JsonObject().put("alg", "RS256").put("typ", "JWT");
        TokenServer.member(account, "private_key_id").ifPresent(id -> header.put("kid", id));
        JsonObject claims =
                new JsonObject()
                        .put("iss", needed(account, "client_email"))
                        .put("scope", SCOPE)
                        .put("aud", audience)
                        .put("iat", now.getEpochSecond())
                        .put("exp", now.getEpochSecond() + LIFETIME_SECONDS);
        String text = base64(header) + "." + base64(claims);
        return server.token(
                who,
                uri(audience),
                Map.of(
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:jwt-bearer",
                        "assertion",
                        text + "." + signature(text, needed(account, "private_key"))));
    }

    private String signature(String text, String pem) throws CloudException {
        try {
            Signature signer = Signature.getInstance("SHA256withRSA");
            signer.initSign(privateKey(pem));
            signer.update(text.getBytes(StandardCharsets.US_ASCII));
            return base64(signer.sign());
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw CloudException.refused(who + ": private_key is no RSA key in PKCS#8 PEM form");
        }
    }

    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        StringBuilder body = new StringBuilder(pem.length());
        pem.lines().filter(line -> !line.startsWith("-----")).forEach(body::append);
        byte[] bytes = Base64.getMimeDecoder().decode(body.toString());
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }

    private static String base64(JsonObject object) {
        return base64(object.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private String needed(Json account, String name) throws CloudException {
        Optional<String> value = TokenServer.member(account, name);
        if (value.isEmpty()) {
            throw CloudException.refused(who + ": credentials without " + name);
        }
        return value.get();
    }

    private URI uri(String text) throws CloudException {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException _) {
            throw CloudException.refused(who + ": the address to ask at is no URL");
        }
    }
}
