package io.fairlead.gateway.cloud;

import io.fairlead.kernel.Secret;
import io.fairlead.protocol.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys of AWS as its own tools find them: the environment, a cluster's token, the shared files, the
 * container, the machine. Stateless.
 */
final class AwsSource implements GrantSource {
    private static final String CONTAINER_HOST = "http://169.254.170.2";
    private static final String MACHINE = "http://169.254.169.254";
    private static final String ROLES = "/latest/meta-data/iam/security-credentials/";
    private static final String TOKEN_SECONDS = "300";

    /** Where a container's credentials may be asked for in the clear. */
    private static final Set<String> NEAR =
            Set.of(
                    "localhost",
                    "127.0.0.1",
                    "[::1]",
                    "169.254.170.2",
                    "169.254.170.23",
                    "[fd00:ec2::23]");

    private final String who;
    private final Optional<String> region;
    private final Map<String, String> environment;
    private final TokenServer server;

    AwsSource(
            String who,
            Optional<String> region,
            Map<String, String> environment,
            TokenServer server) {
        this.who = who;
        this.region = region;
        this.environment = environment;
        this.server = server;
    }

    @Override
    public Grant fetch() throws CloudException, IOException, InterruptedException {
        Optional<Grant.AwsKeys> given = ofEnvironment();
        if (given.isPresent()) {
            return given.get();
        }
        Optional<AwsRole> role = AwsRole.ofEnvironment(environment);
        Optional<String> token = AwsRole.setting(environment, "AWS_WEB_IDENTITY_TOKEN_FILE");
        if (role.isPresent() && token.isPresent()) {
            return new AwsRoles(who, region, environment, server)
                    .assumedWithToken(role.get(), token.get());
        }
        Optional<Grant> ofFiles =
                new AwsProfiles(who, region, environment, server, this::ofPlace).keys();
        if (ofFiles.isPresent()) {
            return ofFiles.get();
        }
        Optional<URI> container = container();
        return container.isPresent() ? ofContainer(container.get()) : ofMachine();
    }

    private Optional<Grant.AwsKeys> ofEnvironment() {
        return AwsProfiles.pair(
                environment,
                region,
                Instant.MAX,
                "AWS_ACCESS_KEY_ID",
                "AWS_SECRET_ACCESS_KEY",
                "AWS_SESSION_TOKEN");
    }

    private Grant ofPlace(String name) throws CloudException, IOException, InterruptedException {
        switch (name) {
            case "Environment" -> {
                Optional<Grant.AwsKeys> given = ofEnvironment();
                if (given.isPresent()) {
                    return given.get();
                }
            }
            case "EcsContainer" -> {
                Optional<URI> container = container();
                if (container.isPresent()) {
                    return ofContainer(container.get());
                }
            }
            case "Ec2InstanceMetadata" -> {
                return ofMachine();
            }
            default -> {}
        }
        throw CloudException.refused(who + ": no credentials where credential_source says");
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private Optional<URI> container() throws CloudException {
        String relative = environment.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
        String full = environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        if (isBlank(relative) && isBlank(full)) {
            return Optional.empty();
        }
        URI url = uri(isBlank(relative) ? String.valueOf(full) : CONTAINER_HOST + relative);
        if (!"https".equals(url.getScheme()) && !NEAR.contains(String.valueOf(url.getHost()))) {
            throw CloudException.refused(
                    who
                            + ": AWS_CONTAINER_CREDENTIALS_FULL_URI is plain HTTP to another"
                            + " machine");
        }
        return Optional.of(url);
    }

    private Grant ofContainer(URI url) throws CloudException, IOException, InterruptedException {
        HttpRequest.Builder request = TokenServer.request(who, url).GET();
        String file = environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
        String token =
                isBlank(file)
                        ? environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN")
                        : Files.readString(Path.of(String.valueOf(file))).strip();
        if (!isBlank(token)) {
            request.header("authorization", String.valueOf(token));
        }
        return lent(TokenServer.json(who, server.text(who, request)));
    }

    private Grant ofMachine() throws CloudException, IOException, InterruptedException {
        if ("true".equalsIgnoreCase(environment.get("AWS_EC2_METADATA_DISABLED"))) {
            throw CloudException.refused(
                    who
                            + ": no credentials of AWS in the configuration, the environment, the"
                            + " shared files or the container");
        }
        String named = environment.getOrDefault("AWS_EC2_METADATA_SERVICE_ENDPOINT", MACHINE);
        String base = named.endsWith("/") ? named.substring(0, named.length() - 1) : named;
        String session =
                server.text(
                        who,
                        TokenServer.request(who, uri(base + "/latest/api/token"))
                                .header("x-aws-ec2-metadata-token-ttl-seconds", TOKEN_SECONDS)
                                .PUT(HttpRequest.BodyPublishers.noBody()));
        String role = machine(base + ROLES, session).lines().findFirst().orElse("").strip();
        if (role.isEmpty()) {
            throw CloudException.refused(who + ": this machine has no role");
        }
        return lent(TokenServer.json(who, machine(base + ROLES + role, session)));
    }

    private String machine(String url, String session)
            throws CloudException, IOException, InterruptedException {
        return server.text(
                who,
                TokenServer.request(who, uri(url))
                        .header("x-aws-ec2-metadata-token", session)
                        .GET());
    }

    private Grant lent(Json answer) throws CloudException {
        Optional<String> id = TokenServer.member(answer, "AccessKeyId");
        Optional<String> secret = TokenServer.member(answer, "SecretAccessKey");
        if (id.isEmpty() || secret.isEmpty()) {
            throw CloudException.unavailable(who + ": an answer without a key pair");
        }
        return new Grant.AwsKeys(
                Secret.of(id.get()),
                Secret.of(secret.get()),
                TokenServer.member(answer, "Token").map(Secret::of),
                region,
                expiration(answer));
    }

    private Instant expiration(Json answer) throws CloudException {
        try {
            return TokenServer.member(answer, "Expiration").map(Instant::parse).orElse(Instant.MAX);
        } catch (DateTimeParseException _) {
            throw CloudException.unavailable(who + ": an Expiration that is no time");
        }
    }

    private URI uri(String text) throws CloudException {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException _) {
            throw CloudException.refused(who + ": the address to ask at is no URL");
        }
    }
}
