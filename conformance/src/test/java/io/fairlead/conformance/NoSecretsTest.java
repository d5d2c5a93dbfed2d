package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.fault.FaultInjector;
import io.fairlead.simulator.openai.OpenAiSimulator;
import io.fairlead.simulator.openai.SimModels;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Whatever happens, no byte that the gateway produces holds a secret: not its output, its files,
 * its metrics, its admin API, nor an answer to a client.
 */
final class NoSecretsTest {
    private static final String PROVIDER_KEY = "sk-proj-Qx7providerKEYqx7Zr4tLm9";
    private static final String POOL_KEY = "gsk_Wv3poolKEYwv3Nb8cXe2";
    private static final String PLAIN_KEY = "plainwordlookingpoolkeyuvxy";
    private static final String HEADER = "Hd5headerSECREThd5";
    private static final String VIRTUAL = "virtual-key-Jk2ofAclient-jk2Pq6";
    private static final String BLOCKED = "blocked-key-Bl9ofAclient-bl9Yt1";
    private static final String ADMIN = "admin-key-Ad4oftheoperator-ad4";
    private static final String STRANGER = "stranger-key-St8tried-by-a-thief";
    private static final List<String> SECRETS =
            List.of(PROVIDER_KEY, POOL_KEY, PLAIN_KEY, HEADER, VIRTUAL, BLOCKED, ADMIN, STRANGER);

    @TempDir private Path folder;
    private final Map<String, String> produced = new TreeMap<>();

    @Test
    void producesNoByteOfASecret() throws Exception {
        SimProvider echoing = new Tattler(new FaultInjector(simulator()));
        try (SimulatorServer simulator = SimulatorServer.start(echoing);
                GatewayProcess gateway =
                        GatewayProcess.in(folder)
                                .env("POOL_KEY", POOL_KEY)
                                .env("FAIRLEAD_ADMIN_KEY", ADMIN)
                                .config(config(simulator.baseUrl()))
                                .start()) {
            drive(gateway);
            rewriteBadly(gateway);
            assertThat(gateway.stop()).isZero();
        }
        validate();
        readFiles();
        assertThat(produced.keySet())
                .anyMatch(name -> name.endsWith("fairlead.db"))
                .anyMatch(name -> name.contains("journal"))
                .anyMatch(name -> name.endsWith("err.log"));
        List<String> found = new ArrayList<>();
        produced.forEach((name, text) ->
                SECRETS.stream()
                        .filter(text::contains)
                        .forEach(secret -> found.add(name + ": " + around(text, secret))));
        assertThat(found).isEmpty();
    }

    private static OpenAiSimulator simulator() {
        return new OpenAiSimulator(SimModels.lenientBuiltIn(), InstantSource.system());
    }

    private static String around(String text, String secret) {
        int at = text.indexOf(secret);
        return at < 0
                ? ""
                : text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 60));
    }

    /** A provider that repeats what it was sent, credentials included, in its errors. */
    private record Tattler(SimProvider other) implements SimProvider {
        @Override
        public SimAnswer answer(SimRequest request) {
            String sent = request.headers().toString().replace('"', '\'').replace('\\', '/');
            String body = new String(request.body(), StandardCharsets.UTF_8);
            String error =
                    "{\"error\":{\"message\":\"Refused: %s\",\"type\":\"x\",\"param\":null,\"code\":\"x\"}}"
                            .formatted(sent);
            for (int status : new int[] {400, 401, 404, 422, 429, 500, 503}) {
                if (body.contains("tattle-" + status)) {
                    return SimAnswer.json(status, error);
                }
            }
            return body.contains("tattle-200") ? SimAnswer.json(200, error) : other.answer(request);
        }
    }

    private static String config(String simulator) {
        return """
        log: { level: debug, slow: 1ms }
        providers:
          plain: { protocol: openai-chat, base_url: "%1$s/v1", api_key: %2$s, retries: 0, breaker: off, headers: { x-extra: %3$s } }
          word: { protocol: openai-chat, base_url: "%1$s/v1", api_key: %4$s, retries: 0, breaker: off }
          pool: { protocol: openai-chat, base_url: "%1$s/v1", retries: 1, keys: [ { key: "${POOL_KEY}" }, { key: %2$s } ] }
          gone: { protocol: openai-chat, base_url: "http://127.0.0.1:9/v1", api_key: %2$s, retries: 0 }
        keys:
          - { name: client, secret: %5$s }
          - { name: thief, secret: %6$s, blocked: on }
        """
                .formatted(simulator, PROVIDER_KEY, HEADER, PLAIN_KEY, VIRTUAL, BLOCKED);
    }

    private void drive(GatewayProcess gateway) {
        List<String> models = new ArrayList<>(List.of("gone/x", "nowhere/x", "plain/echo"));
        for (int status : new int[] {200, 400, 401, 404, 422, 429, 500, 503}) {
            // the model that refuses a key puts it aside, so the last provider is asked but once
            for (String provider : List.of("plain", "word", "pool")) {
                models.add(provider + "/tattle-" + status);
            }
        }
        for (String fault :
                List.of("html-502", "malformed-json", "cut-after-events-3", "error-chunk-3")) {
            models.add("plain/echo-fault-" + fault);
        }
        for (String model : models) {
            for (String key : List.of(VIRTUAL, BLOCKED, STRANGER)) {
                for (boolean stream : new boolean[] {false, true}) {
                    String body =
                            "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
                                    .formatted(model, stream);
                    answer(
                            model + " " + key.substring(0, 8) + stream,
                            gateway.post(
                                    "/v1/chat/completions",
                                    body,
                                    "authorization",
                                    "Bearer " + key));
                }
            }
        }
        answer("x-api-key", gateway.post("/v1/chat/completions", "{", "x-api-key", VIRTUAL));
        answer("query", gateway.post("/v1/chat/completions?key=" + VIRTUAL, "{}"));
        answer("odd query", gateway.post("/v1/nothing?key=" + STRANGER, "{}"));
        answer(
                "passthrough",
                gateway.post(
                        "/passthrough/plain/v1/chat/completions?key=" + VIRTUAL,
                        "{\"model\":\"tattle-500\"}"));
        for (String path :
                List.of(
                        "/metrics",
                        "/v1/models",
                        "/admin/v1/requests?limit=1000",
                        "/admin/v1/usage?group=key,model,provider",
                        "/health/ready",
                        "/admin/v1/nothing")) {
            for (String key : List.of(ADMIN, VIRTUAL, STRANGER)) {
                HttpRequest request =
                        HttpRequest.newBuilder(gateway.url(path))
                                .header("authorization", "Bearer " + key)
                                .build();
                answer(path + " " + key.substring(0, 8), GatewayProcess.send(request));
            }
        }
        assertThat(produced.get("answer to plain/tattle-401 virtual-false"))
                .contains("upstream_error");
        assertThat(produced.get("answer to /admin/v1/requests?limit=1000 admin-ke"))
                .contains("credential");
    }

    private void answer(String what, HttpResponse<String> answer) {
        produced.put("answer to " + what, answer.headers().map() + "\n" + answer.body());
    }

    /** A live reload that is refused tells why; the message must not quote values. */
    private void rewriteBadly(GatewayProcess gateway) throws Exception {
        Files.writeString(folder.resolve("fairlead.yaml"), broken());
        CancelTest.await("the refusal of the bad file", () -> gateway.output().contains("api_kee"));
    }

    private static String broken() {
        return """
        server: { admin_key: [ %1$s ], port: nonsense }
        providers:
          a: { protocol: openai-chat, base_url: "http://user:%2$s@127.0.0.1/v1", api_kee: %2$s }
          b: { protocol: openai-chat, base_url: "nonsense %2$s", api_key: { x: %2$s }, headers: [ %3$s ] }
          c: { protocol: nonsense, api_key: "${%4$s" }
          d: { protocol: openai-chat, base_url: "http://127.0.0.1/v1", keys: [ %2$s, { key: %4$s, weight: heavy }, { kee: %4$s } ] }
        keys:
          - { name: client, secret: [ %5$s ] }
          - { name: client, secret: %5$s, secret: %5$s }
          - %6$s
        """
                .formatted(ADMIN, PROVIDER_KEY, HEADER, PLAIN_KEY, VIRTUAL, BLOCKED);
    }

    private void validate() throws Exception {
        Path out = folder.resolve("validate.log");
        Process process =
                new ProcessBuilder(
                                GatewayProcess.launcher().toString(),
                                "validate",
                                "--config",
                                folder.resolve("fairlead.yaml").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isEqualTo(2);
    }

    private void readFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("fairlead.yaml")) {
                    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                    produced.put(folder.relativize(file).toString(), text);
                }
            }
        }
    }
}
