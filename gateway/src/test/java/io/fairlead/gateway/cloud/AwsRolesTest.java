package io.fairlead.gateway.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.gateway.TestCertificate;
import io.fairlead.gateway.upstream.Authorities;
import io.fairlead.kernel.Secret;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.server.SimulatorOptions;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Roles of AWS and sign-ons, with a server on loopback in place of AWS's. */
class AwsRolesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<SimRequest> seen = new CopyOnWriteArrayList<>();
    private final TokenServer tokens = new TokenServer(InstantSource.fixed(NOW), Optional.empty());
    private final Map<String, String> environment = new HashMap<>();
    private volatile SimProvider answers = request -> lent(request, "ASIA" + seen.size());
    private final SimulatorServer server =
            SimulatorServer.start(request -> {
                seen.add(request);
                return answers.answer(request);
            });

    @TempDir private Path folder;

    @BeforeEach
    void environment() throws IOException {
        Files.createDirectory(folder.resolve(".aws"));
        environment.put("HOME", folder.toString());
        environment.put("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:" + server.port());
        environment.put("AWS_ENDPOINT_URL_SSO", "http://127.0.0.1:" + server.port());
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static SimAnswer lent(SimRequest request, String id) {
        String action = form(request).getOrDefault("Action", "");
        return SimAnswer.json(
                200,
                """
                <%1$sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                  <%1$sResult>
                    <AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/r/s</Arn></AssumedRoleUser>
                    <Credentials>
                      <AccessKeyId>%2$s</AccessKeyId>
                      <SecretAccessKey>lent/secret+</SecretAccessKey>
                      <SessionToken>tok==</SessionToken>
                      <Expiration>2026-01-01T01:00:00Z</Expiration>
                    </Credentials>
                  </%1$sResult>
                </%1$sResponse>
                """
                        .formatted(action, id));
    }

    private static Map<String, String> form(SimRequest request) {
        Map<String, String> form = new HashMap<>();
        for (String pair : request.bodyText().split("&", -1)) {
            int equals = pair.indexOf('=');
            form.put(
                    pair.substring(0, equals),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return form;
    }

    private Grant.AwsKeys keys() throws Exception {
        return (Grant.AwsKeys)
                new AwsSource("bedrock", Optional.of("eu-west-1"), environment, tokens).fetch();
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(".aws").resolve(name), text);
    }

    @Test
    void aProfileAssumesItsRoleWithTheKeysOfAnother() throws Exception {
        file(
                "config",
                """
                [profile work]
                role_arn = arn:aws:iam::123456789012:role/gateway
                source_profile = base
                external_id = e&x
                role_session_name = mine
                duration_seconds = 900
                """);
        file(
                "credentials",
                """
                [base]
                aws_access_key_id = AKIABASE
                aws_secret_access_key = basesecret
                """);
        environment.put("AWS_PROFILE", "work");

        assertThat(keys())
                .isEqualTo(
                        new Grant.AwsKeys(
                                Secret.of("ASIA1"),
                                Secret.of("lent/secret+"),
                                Optional.of(Secret.of("tok==")),
                                Optional.of("eu-west-1"),
                                Instant.parse("2026-01-01T01:00:00Z")));
        assertThat(form(seen.getFirst()))
                .isEqualTo(
                        Map.of(
                                "Action",
                                "AssumeRole",
                                "Version",
                                "2011-06-15",
                                "RoleArn",
                                "arn:aws:iam::123456789012:role/gateway",
                                "RoleSessionName",
                                "mine",
                                "ExternalId",
                                "e&x",
                                "DurationSeconds",
                                "900"));
        assertThat(seen.getFirst().header("authorization").orElseThrow())
                .startsWith(
                        "AWS4-HMAC-SHA256 Credential=AKIABASE/20260101/eu-west-1/sts/aws4_request,"
                                + " SignedHeaders=content-type;host;x-amz-date, Signature=")
                .doesNotContain("basesecret");
    }

    @Test
    void rolesAreAssumedOneFromTheOther() throws Exception {
        file(
                "config",
                """
                [default]
                role_arn = arn:aws:iam::2:role/second
                source_profile = first
                [profile first]
                role_arn = arn:aws:iam::1:role/first
                source_profile = first
                aws_access_key_id = AKIABASE
                aws_secret_access_key = basesecret
                """);

        assertThat(keys().accessKeyId()).isEqualTo(Secret.of("ASIA2"));
        assertThat(seen.stream().map(request -> form(request).get("RoleArn")))
                .containsExactly("arn:aws:iam::1:role/first", "arn:aws:iam::2:role/second");
        assertThat(seen.getLast().header("authorization").orElseThrow())
                .contains("Credential=ASIA1/", "x-amz-security-token");
        assertThat(seen.getLast().header("x-amz-security-token")).hasValue("tok==");
    }

    @Test
    void aClusterProvesItsWorkloadWithAToken() throws Exception {
        Path token = folder.resolve("token");
        Files.writeString(token, "eyJ.a.b\n");
        environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString());
        environment.put("AWS_ROLE_ARN", "arn:aws:iam::1:role/pod");

        assertThat(keys().accessKeyId()).isEqualTo(Secret.of("ASIA1"));
        assertThat(form(seen.getFirst()))
                .containsEntry("Action", "AssumeRoleWithWebIdentity")
                .containsEntry("RoleSessionName", "fairlead")
                .containsEntry("WebIdentityToken", "eyJ.a.b");
        assertThat(seen.getFirst().header("authorization")).isEmpty();

        Files.writeString(token, "eyJ.c.d");
        keys();
        assertThat(form(seen.getLast())).containsEntry("WebIdentityToken", "eyJ.c.d");
    }

    @Test
    void aRoleMayBeAssumedFromWhereTheProfileSays() throws Exception {
        answers =
                request ->
                        request.path().equals("/creds")
                                ? SimAnswer.json(
                                        200,
                                        "{\"AccessKeyId\":\"ASIATASK\",\"SecretAccessKey\":\"s\","
                                                + "\"Token\":\"t\","
                                                + "\"Expiration\":\"2026-01-01T06:00:00Z\"}")
                                : lent(request, "ASIAROLE");
        environment.put(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                "http://127.0.0.1:" + server.port() + "/creds");
        file(
                "config",
                """
                [default]
                role_arn = arn:aws:iam::1:role/r
                credential_source = EcsContainer
                """);

        assertThat(keys().accessKeyId()).isEqualTo(Secret.of("ASIAROLE"));
        assertThat(seen.getLast().header("authorization").orElseThrow())
                .contains("Credential=ASIATASK/");
    }

    @Test
    void whoHasSignedOnGetsKeys() throws Exception {
        file(
                "config",
                """
                [default]
                sso_session = corp
                sso_account_id = 123456789012
                sso_role_name = Reader
                [sso-session corp]
                sso_region = eu-central-1
                sso_start_url = https://corp.awsapps.com/start
                """);
        answers =
                _ ->
                        SimAnswer.json(
                                200,
                                "{\"roleCredentials\":{\"accessKeyId\":\"ASIASSO\","
                                        + "\"secretAccessKey\":\"s\",\"sessionToken\":\"t\","
                                        + "\"expiration\":1767229200000}}");
        assertThatThrownBy(this::keys).hasMessageContaining("aws sso login");

        Path cache = Files.createDirectories(folder.resolve(".aws/sso/cache"));
        Path left = cache.resolve("ee0bfd2552fbd840c02cc48b6e823320543c450f.json");
        Files.writeString(left, "{\"accessToken\":\"old\",\"expiresAt\":\"2025-12-31T00:00:00Z\"}");
        assertThatThrownBy(this::keys).hasMessageContaining("aws sso login");
        assertThat(seen).isEmpty();

        Files.writeString(
                left, "{\"accessToken\":\"sso-token\",\"expiresAt\":\"2026-01-01T08:00:00Z\"}");
        assertThat(keys())
                .isEqualTo(
                        new Grant.AwsKeys(
                                Secret.of("ASIASSO"),
                                Secret.of("s"),
                                Optional.of(Secret.of("t")),
                                Optional.of("eu-west-1"),
                                Instant.ofEpochMilli(1_767_229_200_000L)));
        assertThat(seen.getLast().path()).isEqualTo("/federation/credentials");
        assertThat(seen.getLast().header("x-amz-sso_bearer_token")).hasValue("sso-token");
    }

    @ParameterizedTest
    @CsvSource({
        "source_profile = nobody, no credentials to assume it with",
        "source_profile = loop, no credentials to assume it with",
        "credential_source = Environment, where credential_source says",
        "mfa_serial = arn:aws:iam::1:mfa/me, mfa_serial",
        "web_identity_token_file = /nowhere/token, can't be read"
    })
    void whatLeadsNowhereIsSaid(String setting, String message) throws Exception {
        file(
                "config",
                """
                [default]
                role_arn = arn:aws:iam::1:role/r
                %s
                [profile loop]
                role_arn = arn:aws:iam::1:role/l
                source_profile = default
                """
                        .formatted(setting));

        assertThatThrownBy(this::keys)
                .isInstanceOf(CloudException.class)
                .hasMessageContaining(message);
        assertThat(seen).isEmpty();
    }

    @Test
    void aRefusalTellsItsCodeAndNoSecret() throws Exception {
        answers =
                _ ->
                        SimAnswer.json(
                                403,
                                "<ErrorResponse><Error><Code>AccessDenied</Code><Message>User"
                                        + " AKIABASE basesecret may not</Message></Error>"
                                        + "</ErrorResponse>");
        file(
                "credentials",
                """
                [default]
                role_arn = arn:aws:iam::1:role/r
                source_profile = default
                aws_access_key_id = AKIABASE
                aws_secret_access_key = basesecret
                """);

        assertThatThrownBy(this::keys)
                .isInstanceOfSatisfying(
                        CloudException.class, why -> assertThat(why.refused()).isTrue())
                .hasMessage("bedrock: status 403 (AccessDenied)");
    }

    @Test
    void believesAnAuthorityOfTheOperators() throws Exception {
        Path cert = folder.resolve("cert.pem");
        Path key = folder.resolve("key.pem");
        TestCertificate.write("sts", cert, key, "dns:localhost");
        Path token = folder.resolve("token");
        Files.writeString(token, "eyJ.a.b");
        try (SimulatorServer secure =
                SimulatorServer.start(
                        SimulatorOptions.loopback().withTls(cert, key),
                        request -> lent(request, "ASIATLS"))) {
            Map<String, String> named =
                    Map.of(
                            "AWS_ENDPOINT_URL_STS",
                            "https://localhost:" + secure.port() + "/",
                            "AWS_WEB_IDENTITY_TOKEN_FILE",
                            token.toString(),
                            "AWS_ROLE_ARN",
                            "arn:aws:iam::1:role/pod");
            TokenServer believing =
                    new TokenServer(
                            InstantSource.fixed(NOW),
                            Optional.of(Authorities.with(cert).context()));
            Grant lent = new AwsSource("b", Optional.empty(), named, believing).fetch();

            assertThat(((Grant.AwsKeys) lent).accessKeyId()).isEqualTo(Secret.of("ASIATLS"));
            assertThatThrownBy(() -> new AwsSource("b", Optional.empty(), named, tokens).fetch())
                    .isInstanceOf(IOException.class);
        }
    }
}
