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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Every OpenAI-shaped answer that the gateway makes itself is valid for OpenAI's schemas. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaTest {
    private static final String KEY = "key-of-the-schema-tests-0123456789";
    private static final String[] AUTHORIZED = {"authorization", "Bearer " + KEY};

    private final OpenAiSchemas schemas = new OpenAiSchemas();
    private SimulatorServer simulator;
    private GatewayProcess gateway;

    @BeforeAll
    void start(@TempDir Path folder) {
        simulator =
                SimulatorServer.start(
                        new FaultInjector(
                                new OpenAiSimulator(
                                        SimModels.lenientBuiltIn(), InstantSource.system())));
        gateway =
                GatewayProcess.in(folder)
                        .config(
                                """
                                server: { admin_key: "%s", max_body: 1MB }
                                defaults: { retries: 0, breaker: off, timeout: { first_token: 4s } }
                                providers:
                                  openai: { api_key: key-of-the-provider, base_url: "%s/v1" }
                                keys:
                                  - { name: schema, secret: %s }
                                  - { name: narrow, secret: %s-narrow, models: [openai/gpt-4o] }
                                  - { name: blocked, secret: %s-blocked, blocked: true }
                                  - { name: old, secret: %s-old, expires: 2020-01-01T00:00:00Z }
                                """
                                        .formatted(
                                                GatewayProcess.ADMIN_KEY,
                                                simulator.baseUrl(),
                                                KEY,
                                                KEY,
                                                KEY,
                                                KEY))
                        .start();
    }

    @AfterAll
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        simulator.close();
    }

    private void valid(String schema, String json) {
        assertThat(schemas.problems(schema, json)).as(json).isEmpty();
    }

    private String answer(String path, String json) {
        HttpResponse<String> response = gateway.post(path, json, AUTHORIZED);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    sim/echo  | "temperature":0
                    sim/echo  | "n":3
                    sim/lorem | "max_tokens":5
                    sim/lorem | "stop":["a"]
                    sim/echo  | "response_format":{"type":"json_object"}
                    sim/echo  | "reasoning_effort":"low","unheard_of":{"kept":[1,2.50]}
                    sim/tools | "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"a":{"type":"number"}}}}}]
                    """)
    void chatOfTheBuiltInProviderIsValid(String model, String more) {
        String ask =
                "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi, {}\"}],%s"
                        .formatted(model, more);
        valid(OpenAiSchemas.CHAT, answer("/v1/chat/completions", ask + "}"));
        String stream =
                answer(
                        "/v1/chat/completions",
                        ask + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
        List<SseEvent> events = SseEvent.read(stream);
        assertThat(events.getLast().isDone()).isTrue();
        for (SseEvent event : events.subList(0, events.size() - 1)) {
            valid(OpenAiSchemas.CHAT_CHUNK, event.data());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /v1/completions        | "prompt":"Hi"            | CreateCompletionResponse
                    /v1/responses          | "input":"Hi"             | Response
                    /v1/embeddings         | "input":["a","b"]        | CreateEmbeddingResponse
                    /v1/embeddings         | "input":[1,2,3]          | CreateEmbeddingResponse
                    /v1/images/generations | "prompt":"a boat"        | ImagesResponse
                    /v1/moderations        | "input":"hello"          | CreateModerationResponse
                    """)
    void otherAnswersOfTheBuiltInProviderAreValid(String path, String more, String schema) {
        valid(schema, answer(path, "{\"model\":\"sim/echo\"," + more + "}"));
    }

    @Test
    void responsesStreamsAreValid() {
        String stream =
                answer(
                        "/v1/responses",
                        "{\"model\":\"sim/lorem-20\",\"input\":\"Hi\",\"stream\":true}");
        List<SseEvent> events = SseEvent.read(stream);
        assertThat(events).isNotEmpty();
        for (SseEvent event : events) {
            valid(OpenAiSchemas.RESPONSE_EVENT, event.data());
        }
    }

    @Test
    void theListOfModelsAndEachModelAreValid() {
        String list = get("/v1/models").body();
        valid(OpenAiSchemas.MODELS, list);
        valid(OpenAiSchemas.MODEL, get("/v1/models/sim/echo").body());
        valid(OpenAiSchemas.MODEL, get("/v1/models/openai%2Fgpt-4o").body());
        for (JsonNode model : Replay.JSON.readTree(list).path("data")) {
            valid(OpenAiSchemas.MODEL, model.toString());
        }
    }

    private HttpResponse<String> get(String path) {
        return GatewayProcess.send(
                HttpRequest.newBuilder(gateway.url(path)).headers(AUTHORIZED).build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    no key              |               | 401 | unauthenticated
                    a stranger's key    | -stranger     | 401 | unauthenticated
                    a blocked key       | -blocked      | 401 | key_blocked
                    an expired key      | -old          | 401 | key_expired
                    a narrow key        | -narrow       | 403 | model_not_allowed
                    """)
    void errorsAboutKeysAreValid(String what, String suffix, int status, String code) {
        String[] headers =
                suffix == null
                        ? new String[] {"x-nothing", "here"}
                        : new String[] {"authorization", "Bearer " + KEY + suffix};
        HttpResponse<String> response =
                gateway.post(
                        "/v1/chat/completions",
                        "{\"model\":\"sim/echo\",\"messages\":[]}",
                        headers);

        isError(response, what, status, code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {                                                   | 400 | invalid_request
                    []                                                  | 400 | invalid_request
                    {"messages":[]}                                     | 400 | invalid_request
                    {"model":7,"messages":[]}                           | 400 | invalid_request
                    {"model":"sim/echo"}                                | 400 | invalid_request
                    {"model":"sim/echo","messages":"no"}                | 400 | invalid_request
                    {"model":"sim/echo","messages":[],"stream":"yes"}   | 400 | invalid_request
                    {"model":"sim/nothing","messages":[]}               | 404 | model_not_found
                    {"model":"nobody","messages":[]}                    | 404 | model_not_found
                    {"model":"openai/echo-fault-500","messages":[]}     | 502 | upstream_error
                    {"model":"openai/echo-fault-503","messages":[]}     | 503 | upstream_error
                    {"model":"openai/echo-fault-504","messages":[]}     | 504 | upstream_timeout
                    {"model":"openai/echo-fault-html-502","messages":[]} | 502 | upstream_error
                    {"model":"openai/echo-fault-malformed-json","messages":[]} | 502 | upstream_error
                    {"model":"openai/echo-fault-reset-before-headers","messages":[]} | 502 | upstream_error
                    {"model":"openai/echo-fault-stall-before-headers","messages":[]} | 504 | upstream_timeout
                    """)
    void errorsOfEveryKindAreValid(String body, int status, String code) {
        isError(gateway.post("/v1/chat/completions", body, AUTHORIZED), body, status, code);
    }

    @Test
    void errorsOfTheEdgeAreValid() {
        isError(get("/v1/nothing"), "path", 404, "not_found");
        isError(get("/v1/chat/completions"), "method", 405, "method_not_allowed");
        isError(
                gateway.post("/v1/chat/completions", "x".repeat(2 << 20), AUTHORIZED),
                "size",
                413,
                "request_too_large");
        isError(get("/v1/models/nobody%2Fnothing"), "model", 404, "model_not_found");
    }

    @Test
    void anErrorInsideAStreamIsValidAndNothingFollowsIt() {
        String stream =
                answer(
                        "/v1/chat/completions",
                        "{\"model\":\"openai/lorem-fault-cut-after-events-5\",\"messages\":[],"
                                + "\"stream\":true}");
        List<SseEvent> events = SseEvent.read(stream);

        valid(OpenAiSchemas.ERROR, events.getLast().data());
        assertThat(events.getLast().data()).contains("upstream_error");
    }

    private void isError(HttpResponse<String> response, String what, int status, String code) {
        assertThat(response.statusCode()).as(what + ": " + response.body()).isEqualTo(status);
        valid(OpenAiSchemas.ERROR, response.body());
        JsonNode error = Replay.JSON.readTree(response.body()).path("error");
        assertThat(error.path("code").asString("")).as(what).isEqualTo(code);
        assertThat(response.headers().firstValue("content-type").orElse(""))
                .startsWith("application/json");
        assertThat(response.headers().firstValue("x-fairlead-request-id")).isPresent();
        assertThat(response.body())
                .doesNotContain("key-of-the-provider", KEY, "127.0.0.1", "Exception", "\tat ");
    }
}
