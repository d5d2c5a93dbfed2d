package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Secret;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls to providers in clouds, with what the clouds lend. */
final class CloudsTest {
    private static final String CONVERSED =
            """
            {"output":{"message":{"role":"assistant","content":[{"text":"Hello"}]}},\
            "stopReason":"end_turn","usage":{"inputTokens":3,"outputTokens":1,"totalTokens":4},\
            "metrics":{"latencyMs":5}}\
            """;

    private static final String GENERATED =
            """
            {"candidates":[{"content":{"role":"model","parts":[{"text":"Hello"}]},\
            "finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":3,\
            "candidatesTokenCount":1,"totalTokenCount":4}}\
            """;

    private final List<SimRequest> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger lent = new AtomicInteger();
    private volatile int tokenStatus = 200;
    private final SimulatorServer tokens =
            SimulatorServer.start(_ ->
                    SimAnswer.json(
                            tokenStatus,
                            tokenStatus == 200
                                    ? "{\"access_token\":\"lent-token-"
                                            + lent.incrementAndGet()
                                            + "\",\"expires_in\":3600}"
                                    : "{\"error\":\"invalid_grant\"}"));

    @AfterEach
    void close() {
        tokens.close();
    }

    private static ProviderConfig cloud(
            ProviderConfig one,
            String type,
            Protocol protocol,
            Optional<ProviderConfig.Aws> aws,
            Optional<ProviderConfig.Azure> azure) {
        return new ProviderConfig(
                one.id(),
                one.origin(),
                Optional.of(type),
                Optional.of(protocol),
                one.baseUrl()
                        .map(url -> URI.create(url.getScheme() + "://" + url.getRawAuthority())),
                Optional.empty(),
                List.of(),
                Optional.of("eu-west-1"),
                Map.of(),
                one.models(),
                one.resilience(),
                one.conform(),
                aws,
                Optional.of(
                        new ProviderConfig.Vertex(
                                Optional.of("proj"), Optional.of("global"), Optional.empty())),
                azure,
                Optional.empty());
    }

    private Harness.Options options(SimProvider provider) {
        Harness.Options options = new Harness.Options();
        options.environment =
                Map.of(
                        "GCE_METADATA_HOST",
                        "127.0.0.1:" + tokens.port(),
                        "AZURE_AUTHORITY_HOST",
                        "http://127.0.0.1:" + tokens.port());
        options.provider =
                request -> {
                    seen.add(request);
                    return provider.answer(request);
                };
        return options;
    }

    private Harness vertex(SimProvider provider) {
        Harness.Options options = options(provider);
        options.one =
                one ->
                        cloud(
                                one,
                                "google-vertex",
                                Protocol.VERTEX_GEMINI,
                                Optional.empty(),
                                Optional.empty());
        return new Harness(options);
    }

    private static HttpResponse<String> ask(Harness gateway) throws Exception {
        return gateway.post("/v1/chat/completions", Harness.chat("one/echo", false));
    }

    private String authorization() {
        return seen.getLast().header("authorization").orElseThrow();
    }

    @Test
    void requestsToBedrockAreSigned() throws Exception {
        Harness.Options options = options(_ -> SimAnswer.json(200, CONVERSED));
        options.one =
                one ->
                        cloud(
                                one,
                                "amazon-bedrock",
                                Protocol.BEDROCK_CONVERSE,
                                Optional.of(
                                        new ProviderConfig.Aws(
                                                Secret.of("AKIDEXAMPLE"),
                                                Secret.of("secret-of-aws"),
                                                Optional.of(Secret.of("session-of-aws")))),
                                Optional.empty());
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> answer = ask(gateway);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("Hello");
            assertThat(seen.getLast().path()).isEqualTo("/model/echo/converse");
            assertThat(authorization())
                    .matches(
                            "AWS4-HMAC-SHA256"
                                + " Credential=AKIDEXAMPLE/\\d{8}/eu-west-1/bedrock/aws4_request,"
                                + " SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,"
                                + " Signature=[0-9a-f]{64}");
            assertThat(seen.getLast().header("x-amz-security-token")).hasValue("session-of-aws");
            assertThat(seen.getLast().header("x-amz-date")).isPresent();
        }
    }

    @Test
    void whatAwsWasSentInConfidenceIsNotEchoed() throws Exception {
        Harness.Options options =
                options(request ->
                        SimAnswer.json(
                                400,
                                "{\"message\":\"no: "
                                        + request.header("authorization").orElse("")
                                        + " "
                                        + request.header("x-amz-security-token").orElse("")
                                        + "\"}"));
        options.one =
                one ->
                        cloud(
                                one,
                                "amazon-bedrock",
                                Protocol.BEDROCK_CONVERSE,
                                Optional.of(
                                        new ProviderConfig.Aws(
                                                Secret.of("AKIDEXAMPLE"),
                                                Secret.of("secret-of-aws"),
                                                Optional.of(Secret.of("session-of-aws")))),
                                Optional.empty());
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> answer = ask(gateway);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body())
                    .doesNotContain("session-of-aws")
                    .doesNotContainPattern("Signature=[0-9a-f]");
        }
    }

    @Test
    void aTokenIsLentOnceForManyCallsToVertex() throws Exception {
        try (Harness gateway = vertex(_ -> SimAnswer.json(200, GENERATED))) {
            List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                asked.add(
                        CompletableFuture.supplyAsync(() -> {
                            try {
                                return ask(gateway);
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        }));
            }
            for (CompletableFuture<HttpResponse<String>> each : asked) {
                assertThat(each.get().statusCode()).as(each.get().body()).isEqualTo(200);
            }
            assertThat(seen.getLast().path())
                    .isEqualTo(
                            "/v1beta1/projects/proj/locations/global/publishers/google/models/"
                                    + "echo:generateContent");
            assertThat(authorization()).isEqualTo("Bearer lent-token-1");
            assertThat(lent).hasValue(1);
        }
    }

    @Test
    void aTokenThatIsRefusedIsFetchedAnewOnce() throws Exception {
        try (Harness gateway =
                vertex(request ->
                        request.header("authorization").orElseThrow().endsWith("-1")
                                ? SimAnswer.json(401, "{\"error\":{\"message\":\"old\"}}")
                                : SimAnswer.json(200, GENERATED))) {
            HttpResponse<String> answer = ask(gateway);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(seen).hasSize(2);
            assertThat(authorization()).isEqualTo("Bearer lent-token-2");
            assertThat(gateway.record().attempts()).hasSize(1);
            gateway.awaitQuiet();
        }
    }

    @Test
    void aSecondRefusalIsTheAnswerAndEchoesNoToken() throws Exception {
        try (Harness gateway =
                vertex(request ->
                        SimAnswer.json(
                                401,
                                "{\"error\":{\"message\":\"bad "
                                        + request.header("authorization").orElseThrow()
                                        + "\"}}"))) {
            HttpResponse<String> answer = ask(gateway);

            assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
            assertThat(answer.body()).doesNotContain("lent-token");
            assertThat(gateway.record().attempts().toString()).doesNotContain("lent-token");
            assertThat(seen).hasSize(2);
            gateway.awaitQuiet();
        }
    }

    @Test
    void withoutATokenNothingIsSentAndTheRecordSaysWhy() throws Exception {
        tokenStatus = 400;
        try (Harness gateway = vertex(_ -> SimAnswer.json(200, GENERATED))) {
            HttpResponse<String> answer = ask(gateway);

            assertThat(answer.statusCode()).isGreaterThanOrEqualTo(500);
            assertThat(seen).isEmpty();
            assertThat(gateway.record().attempts().getFirst().fault())
                    .hasValue("credential_refused");
            assertThat(gateway.record().attempts().toString())
                    .contains("status 400 (invalid_grant)");
            gateway.awaitQuiet();
        }
    }

    @Test
    void azureTakesATokenOfEntra() throws Exception {
        Harness.Options options = options(request -> Harness.simulator().answer(request));
        options.one =
                one ->
                        cloud(
                                one,
                                "azure",
                                Protocol.AZURE_OPENAI,
                                Optional.empty(),
                                Optional.of(
                                        new ProviderConfig.Azure(
                                                Optional.empty(),
                                                Optional.of(
                                                        new ProviderConfig.Entra(
                                                                "t", "c", Secret.of("s"))),
                                                Optional.empty(),
                                                Map.of())));
        try (Harness gateway = new Harness(options)) {
            ask(gateway);

            assertThat(authorization()).isEqualTo("Bearer lent-token-1");
            assertThat(seen.getLast().header("api-key")).isEmpty();
        }
    }
}
