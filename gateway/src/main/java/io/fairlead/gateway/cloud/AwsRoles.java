package io.fairlead.gateway.cloud;

import io.fairlead.kernel.Secret;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Assumes roles of AWS at its security token service. Stateless; blocks. */
final class AwsRoles {
    private static final String VERSION = "2011-06-15";
    private static final SigV4 SIGNER = new SigV4("sts");
    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";
    private static final String GLOBAL_REGION = "us-east-1";

    private final String who;
    private final Optional<String> region;
    private final Map<String, String> environment;
    private final TokenServer server;

    /**
     * @param region of the service, and of what is lent; absent: the one of all regions
     */
    AwsRoles(
            String who,
            Optional<String> region,
            Map<String, String> environment,
            TokenServer server) {
        this.who = who;
        this.region = region;
        this.environment = environment;
        this.server = server;
    }

    /** The role, for who proves with keys to be somebody that may assume it. */
    Grant assumed(AwsRole role, Grant.AwsKeys by)
            throws CloudException, IOException, InterruptedException {
        byte[] body = form("AssumeRole", role, Map.of()).getBytes(StandardCharsets.UTF_8);
        URI url = url();
        HttpRequest.Builder request = TokenServer.request(who, url).header("content-type", FORM);
        SIGNER.sign(
                        new SigV4.Request(
                                "POST",
                                target(url),
                                Map.of("host", url.getAuthority(), "content-type", FORM),
                                body,
                                0,
                                body.length),
                        by,
                        region.orElse(GLOBAL_REGION),
                        server.clock().instant())
                .forEach((name, value) -> request.header(name, value.reveal()));
        return lent(server.text(who, request.POST(HttpRequest.BodyPublishers.ofByteArray(body))));
    }

    /** The role, for who has a token of somebody that AWS believes. */
    Grant assumedWithToken(AwsRole role, String tokenFile)
            throws CloudException, IOException, InterruptedException {
        String token;
        try {
            token = Files.readString(Path.of(tokenFile)).strip();
        } catch (IOException _) {
            throw CloudException.refused(
                    who + ": the file of the web identity token can't be read");
        }
        String body = form("AssumeRoleWithWebIdentity", role, Map.of("WebIdentityToken", token));
        return lent(
                server.text(
                        who,
                        TokenServer.request(who, url())
                                .header("content-type", FORM)
                                .POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    private static String form(String action, AwsRole role, Map<String, String> proof) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("Action", action);
        form.put("Version", VERSION);
        form.put("RoleArn", role.arn());
        form.put("RoleSessionName", role.session());
        role.externalId().ifPresent(id -> form.put("ExternalId", id));
        role.seconds().ifPresent(seconds -> form.put("DurationSeconds", seconds));
        form.putAll(proof);
        return form.entrySet().stream()
                .map(it ->
                        it.getKey()
                                + "="
                                + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private URI url() throws CloudException {
        String text =
                AwsRole.setting(environment, "AWS_ENDPOINT_URL_STS")
                        .orElseGet(() -> region.map(AwsRoles::host).orElse(host("")));
        try {
            URI url = URI.create(text);
            if (url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException _) {
            // as one without a host
        }
        throw CloudException.refused(who + ": the address of the token service is no URL");
    }

    private static String host(String region) {
        String domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
        return "https://sts." + (region.isEmpty() ? "" : region + ".") + domain + "/";
    }

    private static String target(URI url) {
        return url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    }

    /** The answer is XML of a few plain elements, whose texts have nothing to unescape. */
    private Grant lent(String xml) throws CloudException {
        Optional<String> id = element(xml, "AccessKeyId");
        Optional<String> secret = element(xml, "SecretAccessKey");
        Optional<String> expires = element(xml, "Expiration");
        if (id.isEmpty() || secret.isEmpty() || expires.isEmpty()) {
            throw CloudException.unavailable(who + ": an answer without a key pair");
        }
        try {
            return new Grant.AwsKeys(
                    Secret.of(id.get()),
                    Secret.of(secret.get()),
                    element(xml, "SessionToken").map(Secret::of),
                    region,
                    Instant.parse(expires.get()));
        } catch (DateTimeParseException _) {
            throw CloudException.unavailable(who + ": an Expiration that is no time");
        }
    }

    static Optional<String> element(String xml, String name) {
        int begin = xml.indexOf("<" + name + ">");
        int from = begin + name.length() + 2;
        int to = begin < 0 ? -1 : xml.indexOf("</" + name + ">", from);
        return to < 0
                ? Optional.empty()
                : Optional.of(xml.substring(from, to).strip()).filter(text -> !text.isEmpty());
    }
}
