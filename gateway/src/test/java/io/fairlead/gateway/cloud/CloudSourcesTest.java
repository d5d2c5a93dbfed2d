package io.fairlead.gateway.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.kernel.Secret;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where credentials of clouds come from, with servers on loopback in place of the clouds'. */
class CloudSourcesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String TOKEN =
            "{\"access_token\":\"ya29.lent\",\"expires_in\":3599,\"token_type\":\"Bearer\"}";

    private final List<SimRequest> seen = new CopyOnWriteArrayList<>();
    private final TokenServer tokens = new TokenServer(InstantSource.fixed(NOW), Optional.empty());
    private volatile SimProvider answers = _ -> SimAnswer.json(200, TOKEN);
    private final SimulatorServer server =
            SimulatorServer.start(request -> {
                seen.add(request);
                return answers.answer(request);
            });

    @TempDir private Path folder;

    @AfterEach
    void close() {
        server.close();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    private Map<String, String> form() {
        Map<String, String> form = new HashMap<>();
        for (String pair : seen.getLast().bodyText().split("&", -1)) {
            int equals = pair.indexOf('=');
            form.put(
                    pair.substring(0, equals),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return form;
    }

    private Grant google(Json account) throws Exception {
        return new GoogleSource(
                        "vertex", Optional.of(Secret.of(account.toString())), Map.of(), tokens)
                .fetch();
    }

    private static Json json(JsonObject object) {
        return Json.parse(object.toString());
    }

    @Test
    void aServiceAccountSignsForItsToken() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        KeyPair keys = generator.generateKeyPair();
        String pem =
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(keys.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n";

        Grant grant =
                google(
                        json(
                                new JsonObject()
                                        .put("type", "service_account")
                                        .put("client_email", "a@b.iam.gserviceaccount.com")
                                        .put("private_key_id", "k1")
                                        .put("private_key", pem)
                                        .put("token_uri", url("/token"))));

        assertThat(grant)
                .isEqualTo(new Grant.Token(Secret.of("ya29.lent"), NOW.plusSeconds(3_599)));
        assertThat(seen.getLast().path()).isEqualTo("/token");
        assertThat(form())
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        String[] jwt = form().getOrDefault("assertion", "").split("\\.", -1);
        Base64.Decoder decoder = Base64.getUrlDecoder();
        assertThat(new String(decoder.decode(jwt[0]), StandardCharsets.UTF_8))
                .isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}");
        Json claims = Json.parse(decoder.decode(jwt[1]));
        assertThat(claims.get("iss").orElseThrow().text()).isEqualTo("a@b.iam.gserviceaccount.com");
        assertThat(claims.get("aud").orElseThrow().text()).isEqualTo(url("/token"));
        assertThat(claims.get("scope").orElseThrow().text()).endsWith("/auth/cloud-platform");
        assertThat(claims.get("exp").orElseThrow().whole()).isEqualTo(NOW.getEpochSecond() + 3_600);
        Signature verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(keys.getPublic());
        verifier.update((jwt[0] + "." + jwt[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(verifier.verify(decoder.decode(jwt[2]))).isTrue();
    }

    @Test
    void aUserBuysWithTheRefreshToken() throws Exception {
        google(
                json(
                        new JsonObject()
                                .put("type", "authorized_user")
                                .put("client_id", "c")
                                .put("client_secret", "s&s")
                                .put("refresh_token", "1//r")
                                .put("token_uri", url("/token"))));

        assertThat(form())
                .isEqualTo(
                        Map.of(
                                "grant_type",
                                "refresh_token",
                                "client_id",
                                "c",
                                "client_secret",
                                "s&s",
                                "refresh_token",
                                "1//r"));
    }

    @Test
    void theMetadataServerIsAskedLast() throws Exception {
        Map<String, String> environment =
                Map.of("GCE_METADATA_HOST", "127.0.0.1:" + server.port(), "HOME", folder + "");
        Grant grant = new GoogleSource("vertex", Optional.empty(), environment, tokens).fetch();

        assertThat(((Grant.Token) grant).secret()).isEqualTo(Secret.of("ya29.lent"));
        assertThat(seen.getLast().path())
                .isEqualTo("/computeMetadata/v1/instance/service-accounts/default/token");
        assertThat(seen.getLast().header("metadata-flavor")).hasValue("Google");
    }

    @Test
    void wrongCredentialsAreRefusedWithoutSayingThem() {
        answers =
                _ ->
                        SimAnswer.json(
                                401,
                                "{\"error\":\"invalid_client\",\"error_description\":\"bad"
                                        + " hush-hush-secret\"}");
        EntraSource source =
                new EntraSource(
                        "azure",
                        new ProviderConfig.Entra("t", "c", Secret.of("hush-hush-secret")),
                        Map.of("AZURE_AUTHORITY_HOST", url("/")),
                        tokens);

        assertThatThrownBy(source::fetch)
                .isInstanceOfSatisfying(
                        CloudException.class, why -> assertThat(why.refused()).isTrue())
                .hasMessage("azure: status 401 (invalid_client)");
        assertThat(seen.getLast().path()).isEqualTo("/t/oauth2/v2.0/token");
        assertThat(form())
                .containsEntry("scope", "https://cognitiveservices.azure.com/.default")
                .containsEntry("client_secret", "hush-hush-secret")
                .containsEntry("client_id", "c")
                .containsEntry("grant_type", "client_credentials");
    }

    @Test
    void aServerThatIsDownIsNotARefusal() {
        answers = _ -> SimAnswer.json(503, "{}");
        EntraSource source =
                new EntraSource(
                        "azure",
                        new ProviderConfig.Entra("t", "c", Secret.of("secret")),
                        Map.of("AZURE_AUTHORITY_HOST", url("")),
                        tokens);

        assertThatThrownBy(source::fetch)
                .isInstanceOfSatisfying(
                        CloudException.class, why -> assertThat(why.refused()).isFalse());
    }

    private Grant.AwsKeys aws(Map<String, String> environment) throws Exception {
        return (Grant.AwsKeys)
                new AwsSource("bedrock", Optional.of("eu-west-1"), environment, tokens).fetch();
    }

    private static String lentPair() {
        return "{\"Code\":\"Success\",\"AccessKeyId\":\"ASIAX\",\"SecretAccessKey\":\"s3\","
                + "\"Token\":\"tok\",\"Expiration\":\"2026-01-01T06:00:00Z\"}";
    }

    @Test
    void theEnvironmentGoesBeforeTheFiles() throws Exception {
        Path file = folder.resolve("credentials");
        Files.writeString(
                file,
                """
                [default]
                aws_access_key_id = AKIADEFAULT
                aws_secret_access_key = d/d+d==
                # a comment
                [work]
                aws_access_key_id=ASIAWORK
                aws_secret_access_key=w
                aws_session_token=t=t
                """);
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_SHARED_CREDENTIALS_FILE", file.toString());
        assertThat(aws(environment).accessKeyId()).isEqualTo(Secret.of("AKIADEFAULT"));
        assertThat(aws(environment).secretAccessKey()).isEqualTo(Secret.of("d/d+d=="));

        environment.put("AWS_PROFILE", "work");
        assertThat(aws(environment).accessKeyId()).isEqualTo(Secret.of("ASIAWORK"));
        assertThat(aws(environment).sessionToken()).hasValue(Secret.of("t=t"));

        environment.put("AWS_ACCESS_KEY_ID", "AKIAENV");
        environment.put("AWS_SECRET_ACCESS_KEY", "e");
        assertThat(aws(environment).accessKeyId()).isEqualTo(Secret.of("AKIAENV"));
        assertThat(aws(environment).sessionToken()).isEmpty();
        assertThat(seen).isEmpty();
    }

    @Test
    void aProfileOfTheConfigFileHasARegionToo() throws Exception {
        Files.createDirectory(folder.resolve(".aws"));
        Files.writeString(
                folder.resolve(".aws/config"),
                """
                [default]
                region = us-east-2
                [profile work]
                region = eu-central-1
                """);
        Map<String, String> environment = new HashMap<>(Map.of("HOME", folder.toString()));
        assertThat(AwsRegion.of(environment)).hasValue("us-east-2");
        environment.put("AWS_PROFILE", "work");
        assertThat(AwsRegion.of(environment)).hasValue("eu-central-1");
        environment.put("AWS_DEFAULT_REGION", "ap-south-1");
        assertThat(AwsRegion.of(environment)).hasValue("ap-south-1");
    }

    @Test
    void aContainerIsAskedWithItsToken() throws Exception {
        answers = _ -> SimAnswer.json(200, lentPair());
        Grant.AwsKeys keys =
                aws(
                        Map.of(
                                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                                url("/creds"),
                                "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                                "Basic abc"));

        assertThat(keys.accessKeyId()).isEqualTo(Secret.of("ASIAX"));
        assertThat(keys.sessionToken()).hasValue(Secret.of("tok"));
        assertThat(keys.expires()).isEqualTo(Instant.parse("2026-01-01T06:00:00Z"));
        assertThat(seen.getLast().header("authorization")).hasValue("Basic abc");
    }

    @Test
    void aContainerIsNotAskedInTheClearElsewhere() {
        assertThatThrownBy(() ->
                        aws(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://example.com/x")))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("plain HTTP");
    }

    @Test
    void theMachineIsAskedInTheSecondVersion() throws Exception {
        answers =
                request ->
                        switch (request.path()) {
                            case "/latest/api/token" ->
                                    SimAnswer.json(
                                            request.method().equals("PUT") ? 200 : 405, "sess");
                            case "/latest/meta-data/iam/security-credentials/" ->
                                    SimAnswer.json(200, "role-a\n");
                            default -> SimAnswer.json(200, lentPair());
                        };
        Grant.AwsKeys keys = aws(Map.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", url("/")));

        assertThat(keys.secretAccessKey()).isEqualTo(Secret.of("s3"));
        assertThat(keys.region()).hasValue("eu-west-1");
        assertThat(seen.getLast().path()).endsWith("/security-credentials/role-a");
        assertThat(seen.getLast().header("x-aws-ec2-metadata-token")).hasValue("sess");
        assertThat(seen.getFirst().header("x-aws-ec2-metadata-token-ttl-seconds")).isPresent();
    }

    @Test
    void withoutAnyCredentialItSaysWhereItLooked() {
        assertThatThrownBy(() -> aws(Map.of("AWS_EC2_METADATA_DISABLED", "true")))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("no credentials of AWS");
    }
}
