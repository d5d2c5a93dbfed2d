package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.simulator.fault.FaultInjector;
import io.fairlead.simulator.openai.OpenAiSimulator;
import io.fairlead.simulator.openai.SimModels;
import io.fairlead.simulator.server.RefusedPort;
import io.fairlead.simulator.server.SimulatorServer;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Each fault of a provider, unary and streamed, alone and with a healthy fallback: the outcome is
 * the one the contract names, the ledger has exactly one record that says the same, and {@code
 * docs/faults.md} is the table of it ({@code -Dfairlead.write-docs=true} writes it anew).
 */
final class FaultTableTest {
    private static final String KEY = "sk-of-the-operator-0123456789";
    private static final int WARMING = 10;
    private static final String FALLBACK = "200 from the fallback";
    private static final String PROMPT = "What is the answer to everything? ".repeat(60);

    @TempDir private Path folder;

    @SuppressWarnings("NullAway.Init") // each test starts its own
    private GatewayProcess gateway;

    /** One request: a fault, streamed or not, with a fallback or not. */
    private record Trial(FaultCase fault, int number, boolean stream, boolean fallback) {
        String model() {
            return (fallback ? "both-" : "alone-") + number + (stream ? "s" : "u");
        }

        String expected() {
            return fallback ? fault.withFallback(stream) : fault.outcome(stream);
        }
    }

    /** What came of it. */
    private record Result(Trial trial, HttpResponse<String> answer) {
        String outcome() {
            String body = answer.body();
            if (List.of(400, 404, 413, 415, 422).contains(answer.statusCode())) {
                return answer.statusCode() + FaultCase.OWN;
            }
            if (answer.statusCode() != 200) {
                return answer.statusCode() + " " + code(LedgerRows.JSON.readTree(body));
            }
            int error = body.indexOf("\"error\":{");
            if (trial.stream && error > 0) {
                int line = body.lastIndexOf("data: ", error) + 6;
                String event = body.substring(line, body.indexOf('\n', line));
                String code = code(LedgerRows.JSON.readTree(event));
                return code.startsWith("upstream_") ? "200, then " + code : FaultCase.THEN_OWN;
            }
            return header("x-fairlead-model").equals("healthy/echo") ? FALLBACK : "200";
        }

        private static String code(JsonNode answer) {
            return answer.path("error").path("code").asString();
        }

        String header(String name) {
            return answer.headers().firstValue(name).orElse("");
        }
    }

    @Test
    void leadsEachFaultToTheOutcomeThatTheContractNames() throws Exception {
        List<Trial> trials = trials();
        try (RefusedPort refused = RefusedPort.take();
                SimulatorServer simulator =
                        SimulatorServer.start(
                                new FaultInjector(
                                        new OpenAiSimulator(
                                                SimModels.lenientBuiltIn(),
                                                InstantSource.system())));
                GatewayProcess started =
                        GatewayProcess.in(folder)
                                .config(config(trials, refused.baseUrl(), simulator.baseUrl()))
                                .start()) {
            gateway = started;
            warm();
            List<Result> results = ask(trials);
            SoftAssertions softly = new SoftAssertions();
            for (Result result : results) {
                check(softly, result, simulator.port(), refused.port());
            }
            softly.assertAll();
            assertThat(LedgerRows.all(gateway, "")).hasSize(trials.size() + WARMING);
            compare(table(results));
        }
    }

    /** The first requests of two fresh processes may take longer than the deadlines here. */
    private void warm() {
        for (int i = 0; i < WARMING; i++) {
            String body =
                    "{\"model\":\"healthy/echo\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
                            .formatted(i % 2 == 0);
            assertThat(gateway.post("/v1/chat/completions", body).statusCode()).isEqualTo(200);
        }
    }

    private static List<Trial> trials() {
        List<Trial> trials = new ArrayList<>();
        int number = 0;
        for (FaultCase fault : FaultCase.all()) {
            for (boolean stream : new boolean[] {false, true}) {
                if (!fault.outcome(stream).equals(FaultCase.NONE)) {
                    trials.add(new Trial(fault, number, stream, false));
                    trials.add(new Trial(fault, number, stream, true));
                }
            }
            number++;
        }
        return trials;
    }

    /** Every trial has a provider of its own, so that none feels what another did to a key. */
    private static String config(List<Trial> trials, String refused, String simulator) {
        StringBuilder yaml =
                new StringBuilder("server: { admin_key: " + GatewayProcess.ADMIN_KEY + " }\n")
                        .append("upstream: { max_answer: 1MB }\n")
                        .append("defaults: { retries: 0, breaker: off }\nproviders:\n")
                        .append(
                                provider(
                                        "healthy",
                                        "openai-chat",
                                        simulator,
                                        deadlines("60s", "60s", "60s")));
        StringBuilder models = new StringBuilder("models:\n");
        for (Trial trial : trials) {
            FaultCase fault = trial.fault;
            yaml.append(
                    provider(
                            "p-" + trial.model(),
                            protocol(fault),
                            fault.fault().equals("refused") ? refused : simulator,
                            deadlines(trial)));
            models.append("  ").append(trial.model()).append(": { targets: [ ");
            models.append("p-").append(trial.model()).append('/').append(fault.model());
            models.append(trial.fallback ? ", healthy/echo ] }\n" : " ] }\n");
        }
        return yaml.append(models).toString();
    }

    /** Only a fault that is silence meets a short one: a slow machine is not another fault. */
    private static String deadlines(Trial trial) {
        String fault = trial.fault.fault();
        if (fault.startsWith("drip")) {
            // a stream has its first token long before this, a whole answer never
            return deadlines("60s", "60s", trial.stream ? "20s" : "3s");
        }
        if (!fault.startsWith("stall")) {
            return deadlines("60s", "60s", "60s");
        }
        boolean afterTheFirstToken = trial.fault.outcome(trial.stream).startsWith("200");
        return deadlines(afterTheFirstToken ? "60s" : "2s", "2s", "60s");
    }

    private static String deadlines(String firstToken, String idle, String total) {
        return ", timeout: { first_token: %s, idle: %s, total: %s }"
                .formatted(firstToken, idle, total);
    }

    /** The one the client speaks: the faults of this table are those of bytes passed on. */
    private static String protocol(FaultCase fault) {
        return fault.path().endsWith("responses") ? "openai-responses" : "openai-chat";
    }

    private static String provider(String name, String protocol, String url, String more) {
        return "  %s: { protocol: %s, base_url: \"%s/v1\", api_key: %s%s }\n"
                .formatted(name, protocol, url, KEY, more);
    }

    private List<Result> ask(List<Trial> trials) throws Exception {
        List<Future<Result>> waiting = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(12)) {
            for (Trial trial : trials) {
                waiting.add(clients.submit(() -> ask(trial)));
            }
        }
        List<Result> results = new ArrayList<>();
        for (Future<Result> result : waiting) {
            results.add(result.get());
        }
        return results;
    }

    private Result ask(Trial trial) {
        String prompt =
                trial.fault.path().endsWith("responses")
                        ? "\"input\":\"" + PROMPT + "\""
                        : "\"messages\":[{\"role\":\"user\",\"content\":\"" + PROMPT + "\"}]";
        String body =
                "{\"model\":\"%s\",%s,\"stream\":%s}"
                        .formatted(trial.model(), prompt, trial.stream);
        return new Result(trial, gateway.post(trial.fault.path(), body));
    }

    private void check(SoftAssertions softly, Result result, int... ports) {
        Trial trial = result.trial;
        String outcome = result.outcome();
        String what =
                trial.fault
                        + (trial.stream ? " streamed" : "")
                        + (trial.fallback ? " with fallback" : "");
        softly.assertThat(outcome).as(what).isEqualTo(trial.expected());
        String body = result.answer.body();
        int attempts =
                trial.fallback
                                && !result.trial
                                        .fault
                                        .withFallback(trial.stream)
                                        .equals(trial.fault.outcome(trial.stream))
                        ? 2
                        : 1;
        softly.assertThat(result.header("x-fairlead-attempts")).as(what).isEqualTo("" + attempts);
        for (int port : ports) {
            softly.assertThat(body).as(what).doesNotContain(":" + port);
        }
        softly.assertThat(body).as(what).doesNotContain(KEY);
        int status = result.answer.statusCode();
        boolean failed = !outcome.equals("200") && !outcome.equals(FALLBACK);
        if (status != 200) {
            JsonNode error = LedgerRows.JSON.readTree(body).path("error");
            softly.assertThat(error.propertyNames())
                    .as(what)
                    .contains("message", "type", "param", "code");
            if (status == 429 || status == 503) {
                softly.assertThat(result.header("retry-after")).as(what).isNotEmpty();
            }
            if (trial.fault.fault().endsWith("retry-after-7")) {
                softly.assertThat(result.header("retry-after")).as(what).isEqualTo("7");
            }
        } else if (trial.stream) {
            if (failed || trial.fault.path().endsWith("responses")) {
                softly.assertThat(body).as(what).doesNotContain("[DONE]");
            } else {
                softly.assertThat(body)
                        .as(what)
                        .endsWith("data: [DONE]\n\n")
                        .containsOnlyOnce("[DONE]");
            }
        }
        List<JsonNode> rows =
                LedgerRows.all(gateway, "id=" + result.header("x-fairlead-request-id"));
        softly.assertThat(rows).as(what).hasSize(1);
        JsonNode row = rows.getFirst();
        softly.assertThat(row.path("outcome").asString())
                .as(what)
                .isEqualTo(failed ? "failed" : "completed");
        softly.assertThat(row.path("status").asInt()).as(what).isEqualTo(status);
        softly.assertThat(row.path("attempts")).as(what).hasSize(attempts);
        if (failed) {
            String code = row.path("error_code").asString();
            softly.assertThat(outcome)
                    .as(what)
                    .endsWith(outcome.endsWith("the provider's error") ? "error" : code);
        }
    }

    private static String table(List<Result> results) {
        StringBuilder text =
                new StringBuilder(
                        """
                        # Faults of providers and what the client gets

                        This page is written by `FaultTableTest`, which causes each fault against the packaged gateway and checks the
                        outcome, the error's shape and the one record in the ledger.

                        *Alone*: one deployment, no retries. *With a fallback*: a healthy deployment stands behind it. *200, then …*:
                        the first output token had gone out, so the error comes as an event of the stream, without `[DONE]`, and no
                        other provider is asked.

                        | fault | answer alone | answer with a fallback | stream alone | stream with a fallback |
                        | --- | --- | --- | --- | --- |
                        """);
        for (int i = 0; i < results.size(); ) {
            FaultCase fault = results.get(i).trial.fault;
            List<String> cells = new ArrayList<>();
            for (boolean stream : new boolean[] {false, true}) {
                for (int k = 0; k < 2; k++) {
                    boolean has = !fault.outcome(stream).equals(FaultCase.NONE);
                    cells.add(has ? results.get(i++).outcome() : FaultCase.NONE);
                }
            }
            String name = fault.path().endsWith("responses") ? " (Responses)" : "";
            text.append("| `").append(fault.fault()).append('`').append(name).append(" | ");
            text.append(String.join(" | ", cells)).append(" |\n");
        }
        return text.toString();
    }

    private static void compare(String table) throws Exception {
        Path page = GatewayProcess.project().resolve("docs/faults.md");
        if (Boolean.getBoolean("fairlead.write-docs")) {
            Files.writeString(page, table);
        }
        assertThat(page).hasContent(table);
    }
}
