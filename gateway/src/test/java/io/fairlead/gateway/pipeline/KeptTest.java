package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Money;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Files and batches at the provider that keeps them, over sockets. */
final class KeptTest {
    private static final String FILE =
            """
            {"id":"file-1","object":"file","purpose":"batch","filename":"b.jsonl"}\
            """;

    private final List<SimRequest> seen = new CopyOnWriteArrayList<>();

    private Harness gateway(String type, Function<SimRequest, SimAnswer> answer) {
        Harness.Options options = new Harness.Options();
        options.protocol =
                type.equals("anthropic") ? Protocol.ANTHROPIC_MESSAGES : Protocol.OPENAI_CHAT;
        options.one = one -> typed(one, type);
        options.retries = 2;
        options.provider =
                request -> {
                    seen.add(request);
                    return answer.apply(request);
                };
        return new Harness(options);
    }

    private static ProviderConfig typed(ProviderConfig one, String type) {
        return new ProviderConfig(
                one.id(),
                one.origin(),
                Optional.of(type),
                one.protocol(),
                one.baseUrl(),
                Optional.empty(),
                one.keys(),
                one.region(),
                one.headers(),
                one.models(),
                one.resilience(),
                one.conform(),
                one.aws(),
                one.vertex(),
                one.azure(),
                one.sim());
    }

    private Harness gateway(String answer) {
        return gateway("openai", _ -> SimAnswer.json(200, answer));
    }

    private SimRequest sent() {
        return seen.getLast();
    }

    private String sentText() {
        return sent().bodyText();
    }

    private static HttpResponse<String> get(Harness gateway, String path) throws Exception {
        return gateway.send(HttpRequest.newBuilder(gateway.uri(path)).GET());
    }

    private static HttpResponse<String> upload(Harness gateway, String path, String... fields)
            throws Exception {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append("--b\r\nContent-Disposition: form-data; name=\"")
                    .append(fields[i])
                    .append("\"\r\n\r\n")
                    .append(fields[i + 1])
                    .append("\r\n");
        }
        return gateway.send(
                HttpRequest.newBuilder(gateway.uri(path))
                        .header("content-type", "multipart/form-data; boundary=b")
                        .POST(BodyPublishers.ofString(body + "--b--\r\n")));
    }

    @Test
    void anUploadedFileSaysWhoKeepsIt() throws Exception {
        try (Harness gateway = gateway(FILE)) {
            HttpResponse<String> answer =
                    upload(gateway, "/v1/files", "purpose", "user_data", "file", "one/x bytes");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(FILE.replace("file-1", "file-1.one"));
            assertThat(sent().path()).isEqualTo("/v1/files");
            assertThat(sent().header("authorization")).contains("Bearer sk-operator-one");
            assertThat(sentText()).contains("one/x bytes");
            RequestRecord entry = gateway.record();
            assertThat(entry.endpoint()).isEqualTo(Endpoint.FILES);
            assertThat(entry.provider()).contains("one");
            assertThat(entry.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(entry.spend()).contains(Money.ZERO);
        }
    }

    @Test
    void theRequestsOfABatchFileNameModelsAsTheProviderDoes() throws Exception {
        try (Harness gateway = gateway(FILE)) {
            String lines =
                    """
                    {"custom_id":"1","url":"/v1/chat/completions","body":{"model":"one/echo"}}
                    {"custom_id":"2","url":"/v1/chat/completions","body":{"model":"nobody-knows"}}
                    """;
            assertThat(upload(gateway, "/v1/files", "purpose", "batch", "file", lines).statusCode())
                    .isEqualTo(200);
            assertThat(sentText())
                    .contains("{\"model\":\"echo\"}")
                    .contains("{\"model\":\"nobody-knows\"}")
                    .doesNotContain("one/echo");
        }
    }

    @Test
    void aFileIsFoundByItsIdWhateverElseIsConfigured() throws Exception {
        try (Harness gateway = gateway("openai", _ -> SimAnswer.json(200, FILE))) {
            assertThat(get(gateway, "/v1/files/file-1.one").body()).contains("file-1.one");
            assertThat(sent().path()).isEqualTo("/v1/files/file-1");
            get(gateway, "/v1/files/file-1");
            assertThat(sent().path()).isEqualTo("/v1/files/file-1");
            HttpResponse<String> deleted =
                    gateway.send(
                            HttpRequest.newBuilder(gateway.uri("/v1/files/file-1.one")).DELETE());
            assertThat(deleted.statusCode()).isEqualTo(200);
            assertThat(sent().method()).isEqualTo("DELETE");
            // the provider "two" simulates an OpenAI that has no files
            assertThat(get(gateway, "/v1/files/file-1.two").statusCode()).isEqualTo(404);
            assertThat(seen).hasSize(3);
        }
    }

    @Test
    void whatAFileHoldsPassesByteByByte() throws Exception {
        String content =
                "{\"id\":\"batch_req_1\",\"response\":{\"body\":{\"id\":\"chatcmpl-1\"}}}\n";
        try (Harness gateway = gateway(content)) {
            HttpResponse<String> answer = get(gateway, "/v1/files/file-1.one/content");
            assertThat(answer.body()).isEqualTo(content);
            assertThat(sent().path()).isEqualTo("/v1/files/file-1/content");
            assertThat(gateway.record().spend()).contains(Money.ZERO);
        }
    }

    @Test
    void listsGoOnWhereTheirLastIdSays() throws Exception {
        String list = "{\"object\":\"list\",\"data\":[" + FILE + "],\"last_id\":\"file-1\"}";
        try (Harness gateway = gateway(list)) {
            HttpResponse<String> answer =
                    get(gateway, "/v1/files?limit=2&after=file-0.one&key=x&provider=one");
            assertThat(answer.body()).isEqualTo(list.replace("file-1", "file-1.one"));
            assertThat(sent().query()).isEqualTo("limit=2&after=file-0");
        }
    }

    @Test
    void aBatchGoesWhereItsFileIs() throws Exception {
        String batch =
                """
                {"id":"batch_1","object":"batch","input_file_id":"file-1","output_file_id":null}\
                """;
        try (Harness gateway = gateway(batch)) {
            HttpResponse<String> answer =
                    gateway.post(
                            "/v1/batches",
                            """
                            {"input_file_id":"file-1.one","endpoint":"/v1/chat/completions",\
                            "completion_window":"24h","metadata":{"file_id":"file-1.one"}}\
                            """);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Json.parse(answer.body()).get("id")).contains(Json.of("batch_1.one"));
            assertThat(sentText())
                    .isEqualTo(
                            """
                            {"input_file_id":"file-1","endpoint":"/v1/chat/completions",\
                            "completion_window":"24h","metadata":{"file_id":"file-1.one"}}\
                            """);
            assertThat(gateway.record().spend()).as("unpriced").isEmpty();

            gateway.post("/v1/batches/batch_1.one/cancel", "");
            assertThat(sent().path()).isEqualTo("/v1/batches/batch_1/cancel");
        }
    }

    @Test
    void aBatchIsMadeOnceEvenIfTheProviderFails() throws Exception {
        try (Harness gateway =
                gateway("openai", _ -> SimAnswer.json(503, "{\"error\":{\"message\":\"no\"}}"))) {
            assertThat(gateway.post("/v1/batches", "{\"input_file_id\":\"f\"}").statusCode())
                    .isEqualTo(503);
            assertThat(seen).hasSize(1);
            assertThat(get(gateway, "/v1/batches").statusCode()).isEqualTo(503);
            assertThat(seen).hasSize(4);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /v1/batches?provider=two  | {"input_file_id":"file-1.one"}                         | input_file_id
                    /v1/batches?provider=none | {"input_file_id":"file-1.one"}                         | provider
                    /v1/chat/completions      | {"model":"two/echo","messages":[{"role":"user","content":[{"type":"file","file":{"file_id":"file-1.one"}}]}]} | messages[0].content[0].file.file_id
                    /v1/responses             | {"model":"one/echo","input":[{"file_id":"a.one"},{"file_id":"b.two"}]} | input[1].file_id
                    """)
    void anIdOfAnotherProviderIsRefusedByName(String path, String body, String param)
            throws Exception {
        try (Harness gateway = gateway(FILE)) {
            HttpResponse<String> answer = gateway.post(path, body);
            assertThat(answer.statusCode()).isBetween(400, 404);
            Json error = Json.parse(answer.body()).get("error").orElseThrow();
            assertThat(error.get("param")).contains(Json.of(param));
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void aConversationAboutAFileGoesToItsKeeperAlone() throws Exception {
        Harness.Options options = new Harness.Options();
        options.targets = List.of("two/echo", "one/echo");
        options.provider =
                request -> {
                    seen.add(request);
                    return SimAnswer.json(
                            200, "{\"object\":\"chat.completion\",\"choices\":[{\"message\":{}}]}");
                };
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> answer =
                    gateway.post(
                            "/v1/chat/completions",
                            """
                            {"model":"both","messages":[{"role":"user","content":[\
                            {"type":"file","file":{"file_id":"file-1.one"}}]}]}\
                            """);
            assertThat(answer.headers().firstValue("x-fairlead-model")).contains("one/echo");
            assertThat(sentText()).contains("{\"file_id\":\"file-1\"}");
        }
    }

    @Test
    void theHeaderNamesTheProvider() throws Exception {
        try (Harness gateway = gateway("deepseek", _ -> SimAnswer.json(200, FILE))) {
            assertThat(get(gateway, "/v1/files").statusCode()).as("nobody").isEqualTo(404);
            HttpResponse<String> answer =
                    gateway.send(
                            HttpRequest.newBuilder(gateway.uri("/v1/files"))
                                    .header("x-fairlead-provider", "one")
                                    .GET());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(sent().header("x-fairlead-provider")).isEmpty();
        }
    }

    @Test
    void whoMayUseSomeModelsOnlyMayNotUseTheFiles() throws Exception {
        Harness.Options options = new Harness.Options();
        options.one = one -> typed(one, "openai");
        options.keys =
                List.of(
                        Harness.key("some-key-some-key-some-key", "one/echo"),
                        Harness.key("full-key-full-key-full-key", "one/*"));
        options.provider =
                request -> {
                    seen.add(request);
                    return SimAnswer.json(200, FILE);
                };
        try (Harness gateway = new Harness(options)) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(gateway.uri("/v1/files/file-1.one")).GET();
            assertThat(
                            gateway.send(
                                            request.setHeader(
                                                    "x-api-key", "some-key-some-key-some-key"))
                                    .statusCode())
                    .isEqualTo(403);
            assertThat(seen).isEmpty();
            assertThat(
                            gateway.send(
                                            request.setHeader(
                                                    "x-api-key", "full-key-full-key-full-key"))
                                    .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aProvidersRefusalKeepsItsStatusAndWords() throws Exception {
        String error =
                "{\"error\":{\"message\":\"No such File object:"
                    + " file-9\",\"type\":\"invalid_request_error\",\"param\":\"id\",\"code\":null}}";
        try (Harness gateway = gateway("openai", _ -> SimAnswer.json(404, error))) {
            HttpResponse<String> answer = get(gateway, "/v1/files/file-9.one");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("No such File object: file-9");
        }
    }

    @Test
    void anthropicsBatchesNameModelsAndResultsHere() throws Exception {
        String batch =
                """
                {"id":"msgbatch_1","type":"message_batch","results_url":\
                "https://api.anthropic.com/v1/messages/batches/msgbatch_1/results"}\
                """;
        try (Harness gateway = gateway("anthropic", _ -> SimAnswer.json(200, batch))) {
            HttpResponse<String> answer =
                    gateway.post(
                            "/v1/messages/batches",
                            """
                            {"requests":[{"custom_id":"0","params":{"model":"one/echo",\
                            "max_tokens":9,"messages":[]}}]}\
                            """);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Json.parse(answer.body()).get("results_url"))
                    .contains(Json.of("/v1/messages/batches/msgbatch_1.one/results"));
            assertThat(sent().path()).isEqualTo("/v1/messages/batches");
            assertThat(sentText()).contains("\"model\":\"echo\"");
            assertThat(sent().header("x-api-key")).isPresent();

            get(gateway, "/v1/messages/batches/msgbatch_1.one/results");
            assertThat(sent().path()).isEqualTo("/v1/messages/batches/msgbatch_1/results");

            HttpResponse<String> wrong = get(gateway, "/v1/files/file_1.one");
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(wrong.body()).contains("another form");

            get(gateway, "/anthropic/v1/files/file_1.one");
            assertThat(sent().path()).isEqualTo("/v1/files/file_1");
        }
    }

    @Test
    void aBrokenDocumentIsRefusedInTheClientsShape() throws Exception {
        try (Harness gateway = gateway("anthropic", _ -> SimAnswer.json(200, FILE))) {
            HttpResponse<String> answer = gateway.post("/v1/messages/batches", "{\"requests\":");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(Json.parse(answer.body()).get("type")).contains(Json.of("error"));
        }
    }
}
