package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.simulator.fault.FaultInjector;
import io.fairlead.simulator.openai.OpenAiSimulator;
import io.fairlead.simulator.openai.SimModels;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What an operator relies on: exact money, records, metrics, raw routes, reload, a clean stop. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationTest {
    private static final String KEY = "key-of-the-application-0123456789";
    private static final String PROVIDER_KEY = "sk-key-of-the-provider-0123456789";
    private static final String CHAT = "/v1/chat/completions";

    private SimulatorServer simulator;
    private GatewayProcess gateway;

    @BeforeAll
    void start(@TempDir Path folder) {
        simulator =
                SimulatorServer.start(
                        new FaultInjector(
                                new OpenAiSimulator(
                                        SimModels.lenientBuiltIn(), InstantSource.system())));
        gateway = GatewayProcess.in(folder).config(configuration("")).start();
    }

    private String configuration(String more) {
        return """
        server: { admin_key: "%s" }
        defaults: { retries: 0, breaker: off }
        providers:
          openai:
            api_key: %s
            base_url: "%s/v1"
            models: [ { id: priced, price: { input: 0.123457, output: 7.654321 } } ]
        teams: [ { name: blue } ]
        keys:
          - { name: app, secret: %s, team: blue }
        %s\
        """
                .formatted(GatewayProcess.ADMIN_KEY, PROVIDER_KEY, simulator.baseUrl(), KEY, more);
    }

    @AfterAll
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        simulator.close();
    }

    private HttpResponse<String> ask(String body, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "authorization";
        all[1] = "Bearer " + KEY;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return gateway.post(CHAT, body, all);
    }

    private static String chat(String model, String more) {
        return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]%s}"
                .formatted(model, more);
    }

    /** The record of a request, once it is stored. */
    private JsonNode recordOf(HttpResponse<?> response) {
        String id = response.headers().firstValue("x-fairlead-request-id").orElseThrow();
        JsonNode[] found = new JsonNode[1];
        GatewayProcess.await(
                () -> {
                    JsonNode data =
                            Replay.JSON
                                    .readTree(gateway.admin("/admin/v1/requests?id=" + id))
                                    .path("data");
                    found[0] = data.path(0);
                    return data.size() == 1;
                },
                "the record of " + id);
        return found[0];
    }

    private static BigDecimal cost(long input, long output) {
        BigDecimal million = BigDecimal.valueOf(1_000_000);
        return new BigDecimal("0.123457")
                .multiply(BigDecimal.valueOf(input))
                .add(new BigDecimal("7.654321").multiply(BigDecimal.valueOf(output)))
                .divide(million);
    }

    @Test
    void costIsExactInTheHeaderAndInTheRecord() {
        HttpResponse<String> answer = ask(chat("openai/priced", ""));
        JsonNode usage = Replay.JSON.readTree(answer.body()).path("usage");
        BigDecimal expected =
                cost(
                        usage.path("prompt_tokens").asLong(0),
                        usage.path("completion_tokens").asLong(0));
        String header = answer.headers().firstValue("x-fairlead-cost").orElseThrow();
        JsonNode entry = recordOf(answer);

        assertThat(new BigDecimal(header)).isEqualByComparingTo(expected);
        assertThat(entry.path("spend").asString()).isEqualTo(header);
        assertThat(entry.path("input_tokens").asLong(0))
                .isEqualTo(usage.path("prompt_tokens").asLong(0));
        assertThat(entry.path("deployment").asString()).isEqualTo("openai/priced");
        assertThat(entry.path("finish_reason").asString()).isEqualTo("stop");
    }

    @Test
    void aStreamIsChargedExactlyAlthoughNobodyAskedForUsage() {
        HttpResponse<String> answer = ask(chat("openai/priced", ",\"stream\":true"));
        JsonNode entry = recordOf(answer);

        assertThat(answer.headers().firstValue("x-fairlead-cost")).isEmpty();
        assertThat(answer.body()).doesNotContain("usage");
        assertThat(entry.path("usage_estimated").asBoolean(true)).isFalse();
        assertThat(new BigDecimal(entry.path("spend").asString()))
                .isEqualByComparingTo(
                        cost(
                                entry.path("input_tokens").asLong(0),
                                entry.path("output_tokens").asLong(0)));
        assertThat(entry.path("first_token_ms").asDouble(-1)).isNotNegative();
    }

    @Test
    void userTagsAndMetadataAreRecorded() {
        HttpResponse<String> answer =
                ask(
                        chat("openai/priced", ",\"user\":\"u-1\",\"metadata\":{\"a\":\"b\"}"),
                        "x-fairlead-tags",
                        "night, import",
                        "x-fairlead-metadata",
                        "{\"job\":\"17\"}");
        JsonNode entry = recordOf(answer);

        assertThat(entry.path("user").asString()).isEqualTo("u-1");
        assertThat(entry.path("team").asString()).isEqualTo("blue");
        assertThat(entry.path("key").asString()).isEqualTo("app");
        assertThat(entry.path("tags").toString()).isEqualTo("[\"night\",\"import\"]");
        assertThat(entry.path("metadata").path("job").asString()).isEqualTo("17");
        JsonNode usage = Replay.JSON.readTree(gateway.admin("/admin/v1/usage?tag=night&user=u-1"));
        assertThat(usage.path("requests").asInt(0)).isEqualTo(1);
        assertThat(usage.path("spend").asString()).isEqualTo(entry.path("spend").asString());
    }

    @Test
    void sumsOfUsageAgreeWithWhatWasSent() {
        BigDecimal spend = BigDecimal.ZERO;
        long input = 0;
        long output = 0;
        for (int i = 0; i < 7; i++) {
            HttpResponse<String> answer =
                    ask(
                            chat("openai/priced", ",\"user\":\"sums\""),
                            "x-fairlead-tags",
                            "sum-" + i % 2);
            JsonNode usage = Replay.JSON.readTree(answer.body()).path("usage");
            spend = spend.add(new BigDecimal(answer.headers().firstValue("x-fairlead-cost").get()));
            input += usage.path("prompt_tokens").asLong(0);
            output += usage.path("completion_tokens").asLong(0);
            recordOf(answer);
        }

        JsonNode usage = Replay.JSON.readTree(gateway.admin("/admin/v1/usage?user=sums&group=tag"));
        assertThat(usage.path("requests").asInt(0)).isEqualTo(7);
        assertThat(usage.path("input_tokens").asLong(0)).isEqualTo(input);
        assertThat(usage.path("output_tokens").asLong(0)).isEqualTo(output);
        assertThat(new BigDecimal(usage.path("spend").asString())).isEqualByComparingTo(spend);
        assertThat(usage.path("groups").size()).isEqualTo(2);
    }

    @Test
    void anUnknownPriceIsUnpricedAndNeverZero() {
        HttpResponse<String> answer = ask(chat("openai/no-such-model", ""));
        JsonNode entry = recordOf(answer);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-fairlead-cost")).isEmpty();
        assertThat(entry.path("spend").isNull()).isTrue();
    }

    @Test
    void failuresAreRecordedWithTheirAttempts() {
        HttpResponse<String> answer = ask(chat("openai/echo-fault-500", ""));
        JsonNode entry = recordOf(answer);

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(entry.path("status").asInt(0)).isEqualTo(502);
        assertThat(entry.path("outcome").asString()).isEqualTo("failed");
        assertThat(entry.path("attempts").path(0).path("status").asInt(0)).isEqualTo(500);
    }

    @Test
    void requestsComeNewestFirstInPages() {
        for (int i = 0; i < 5; i++) {
            recordOf(ask(chat("openai/priced", ",\"user\":\"pages\"")));
        }
        List<String> times = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    Replay.JSON.readTree(
                            gateway.admin("/admin/v1/requests?user=pages&limit=2" + cursor));
            page.path("data").forEach(entry -> times.add(entry.path("started_at").asString()));
            cursor = page.path("next").isString() ? "&cursor=" + page.path("next").asString() : "";
        } while (!cursor.isEmpty());

        assertThat(times).hasSize(5).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void passthroughPutsTheProvidersKeyIn() {
        HttpResponse<String> models =
                GatewayProcess.send(
                        HttpRequest.newBuilder(gateway.url("/passthrough/openai/v1/models?x=1"))
                                .header("authorization", "Bearer " + KEY)
                                .build());
        assertThat(models.statusCode()).as(models.body()).isEqualTo(200);
        var received = simulator.traffic().received();
        var last =
                received.stream()
                        .filter(it -> it.request().query().equals("x=1"))
                        .findFirst()
                        .orElseThrow()
                        .request();
        assertThat(last.path()).isEqualTo("/v1/models");
        assertThat(last.header("authorization")).hasValue("Bearer " + PROVIDER_KEY);
        assertThat(last.headers()).noneMatch(header -> header.value().contains(KEY));

        HttpResponse<String> chat =
                gateway.post(
                        "/passthrough/openai/v1/chat/completions",
                        chat("priced", ""),
                        "authorization",
                        "Bearer " + KEY);
        JsonNode entry = recordOf(chat);
        assertThat(entry.path("spend").isString()).as(entry.toString()).isTrue();
    }

    @Test
    void metricsCountRequestsAndNameNoSecret() {
        ask(chat("openai/priced", ""));
        String metrics = gateway.admin("/metrics");

        assertThat(
                        metrics.lines()
                                .filter(line -> !line.startsWith("#") && !line.isBlank())
                                .filter(line -> !line.startsWith("fairlead_")))
                .isEmpty();
        assertThat(metrics).contains("fairlead_requests", "priced");
        assertThat(metrics).doesNotContain(KEY, PROVIDER_KEY, GatewayProcess.ADMIN_KEY);
    }

    @Test
    void theAdminApiNeedsTheAdminKey() {
        for (String path : List.of("/admin/v1/usage", "/admin/v1/requests")) {
            for (String key : List.of(KEY, "wrong-key-wrong-key-wrong-key")) {
                HttpRequest request =
                        HttpRequest.newBuilder(gateway.url(path))
                                .header("authorization", "Bearer " + key)
                                .build();
                assertThat(GatewayProcess.send(request).statusCode()).isIn(401, 403);
            }
        }
    }

    @Test
    void aKeyIsAcceptedInEveryHeaderOfTheContract() {
        for (String header :
                List.of(
                        "x-api-key",
                        "x-goog-api-key",
                        "api-key",
                        "x-portkey-api-key",
                        "x-litellm-api-key")) {
            assertThat(gateway.post(CHAT, chat("sim/echo", ""), header, KEY).statusCode())
                    .as(header)
                    .isEqualTo(200);
        }
        assertThat(gateway.post(CHAT + "?key=" + KEY, chat("sim/echo", "")).statusCode())
                .isEqualTo(200);
        assertThat(gateway.post(CHAT, chat("sim/echo", "")).statusCode()).isEqualTo(401);
    }

    @Test
    void aChangeOfTheFileAppliesWithoutARestart(@TempDir Path folder) throws Exception {
        String later = "key-of-the-late-application-01234567";
        Path file = folder.resolve("fairlead.yaml");
        try (GatewayProcess reloaded =
                GatewayProcess.in(folder).config(configuration("")).start()) {
            assertThat(status(reloaded, later, "smart")).isEqualTo(401);

            Files.writeString(
                    file,
                    configuration(
                            """
                              - { name: late, secret: %s }
                            models: { smart: { targets: [ { model: openai/gpt-4o } ] } }
                            """
                                    .formatted(later)));
            GatewayProcess.await(() -> status(reloaded, later, "smart") == 200, "the new key");

            Files.writeString(file, "providers: { openai: { api_kee: x } }\nkeys: [");
            GatewayProcess.await(
                    () -> reloaded.output().contains("no YAML"),
                    "the refusal of the bad file in the log");
            assertThat(status(reloaded, later, "smart")).isEqualTo(200);

            Files.writeString(file, configuration(""));
            GatewayProcess.await(() -> status(reloaded, later, "sim/echo") == 401, "the key's end");
            assertThat(reloaded.output()).doesNotContain(later, PROVIDER_KEY);
        }
    }

    private static int status(GatewayProcess gateway, String key, String model) {
        return gateway.post(CHAT, chat(model, ""), "authorization", "Bearer " + key).statusCode();
    }

    @Test
    void sigtermLetsARunningStreamFinishAndExits0(@TempDir Path folder) throws Exception {
        try (GatewayProcess draining = GatewayProcess.in(folder).start()) {
            HttpRequest request =
                    HttpRequest.newBuilder(draining.url(CHAT))
                            .timeout(Duration.ofSeconds(60))
                            .header("content-type", "application/json")
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            chat("sim/slow", ",\"stream\":true")))
                            .build();
            HttpResponse<InputStream> response =
                    HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofInputStream());
            StringBuilder text = new StringBuilder();
            try (BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                text.append(lines.readLine());
                draining.terminate();
                lines.lines().forEach(line -> text.append(line).append('\n'));
            }

            assertThat(text.toString()).contains("data: [DONE]");
            assertThat(draining.awaitEnd()).isZero();
        }
        try (GatewayProcess again =
                GatewayProcess.in(folder)
                        .config("server: { admin_key: \"" + GatewayProcess.ADMIN_KEY + "\" }\n")
                        .start()) {
            JsonNode usage = Replay.JSON.readTree(again.admin("/admin/v1/usage?model=sim/slow"));
            assertThat(usage.path("requests").asInt(0)).isEqualTo(1);
        }
    }

    @Test
    void sigtermEndsAStreamThatGoesOnTooLongWithAnError(@TempDir Path folder) throws Exception {
        String config = configuration("").replace("server: {", "server: { drain: 1s,");
        try (GatewayProcess draining = GatewayProcess.in(folder).config(config).start()) {
            HttpRequest request =
                    HttpRequest.newBuilder(draining.url(CHAT))
                            .timeout(Duration.ofSeconds(60))
                            .header("content-type", "application/json")
                            .header("authorization", "Bearer " + KEY)
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            chat(
                                                    "openai/echo-fault-stall-after-events-3",
                                                    ",\"stream\":true")))
                            .build();
            HttpResponse<InputStream> response =
                    HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofInputStream());
            draining.terminate();
            String text = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(text).contains("\"delta\"", "\"error\"", "shutting down");
            assertThat(text).doesNotContain("[DONE]");
            assertThat(draining.awaitEnd()).isZero();
        }
        try (GatewayProcess again = GatewayProcess.in(folder).config(config).start()) {
            JsonNode entry =
                    Replay.JSON.readTree(again.admin("/admin/v1/requests")).path("data").path(0);
            assertThat(entry.path("outcome").asString()).isEqualTo("failed");
            assertThat(entry.path("error_code").asString()).isEqualTo("overloaded");
        }
    }

    @Test
    void noSecretIsInAnythingItWrote() throws Exception {
        ask(chat("openai/echo-fault-401", ""));
        ask(chat("openai/priced", ""));
        try (var files = Files.walk(gateway.folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.getFileName().toString().equals("fairlead.yaml")) {
                    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                    assertThat(text)
                            .as(file.toString())
                            .doesNotContain(KEY, PROVIDER_KEY, GatewayProcess.ADMIN_KEY);
                }
            }
        }
    }
}
