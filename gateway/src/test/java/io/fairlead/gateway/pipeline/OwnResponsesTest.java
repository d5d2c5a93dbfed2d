package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.responses.ArchivedResponse;
import io.fairlead.kernel.Money;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.SimRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** Responses that the gateway keeps for a provider that can't, over sockets. */
final class OwnResponsesTest {
    private static final String PATH = "/v1/responses";

    private final List<SimRequest> seen = new CopyOnWriteArrayList<>();
    private final Harness.Options options = new Harness.Options();
    private final ResponsesInMemory store = new ResponsesInMemory();

    private Harness gateway(Protocol protocol, SimProvider provider) {
        options.protocol = protocol;
        options.responses = store;
        options.provider =
                request -> {
                    seen.add(request);
                    return provider.answer(request);
                };
        return new Harness(options);
    }

    private Harness echo() {
        return gateway(Protocol.OPENAI_CHAT, Harness.simulator());
    }

    private String sent() {
        return new String(seen.getLast().body(), StandardCharsets.UTF_8);
    }

    private static String request(String input, String more) {
        return "{\"model\":\"one/echo\",\"input\":\"" + input + "\"" + more + "}";
    }

    private static String from(String id) {
        return ",\"previous_response_id\":\"" + id + "\"";
    }

    private static Json ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body());
    }

    private static String text(Json object, String name) {
        return object.get(name).orElseThrow().text();
    }

    private static Json error(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Json.parse(answer.body()).get("error").orElseThrow();
    }

    private static HttpResponse<String> send(Harness gateway, String method, String rest)
            throws Exception {
        return gateway.send(
                HttpRequest.newBuilder(gateway.uri(PATH + rest))
                        .method(method, BodyPublishers.noBody()));
    }

    @Test
    void aResponseIsKeptShownAndDeleted() throws Exception {
        try (Harness gateway = echo()) {
            Json made = ok(gateway.post(PATH, request("Remember seven.", "")));
            String id = text(made, "id");
            assertThat(id).startsWith("resp_fl");
            assertThat(sent()).doesNotContain("\"store\"");

            assertThat(ok(send(gateway, "GET", "/" + id))).isEqualTo(made);
            assertThat(gateway.record().spend()).contains(Money.ZERO);
            assertThat(seen).hasSize(1);
            Json items = ok(send(gateway, "GET", "/" + id + "/input_items"));
            assertThat(items.get("data").orElseThrow().elements()).hasSize(1);
            assertThat(items.toString()).contains("Remember seven.");

            Json gone = ok(send(gateway, "DELETE", "/" + id));
            assertThat(gone.get("deleted")).contains(Json.TRUE);
            assertThat(text(error(send(gateway, "GET", "/" + id), 404), "code"))
                    .isEqualTo("not_found");
            assertThat(error(send(gateway, "DELETE", "/" + id), 404)).isNotNull();
            gateway.awaitQuiet();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConversationGoesOnFromIt(boolean stream) throws Exception {
        String more = stream ? ",\"stream\":true" : "";
        try (Harness gateway = echo()) {
            HttpResponse<String> first = gateway.post(PATH, request("Remember seven.", more));
            String id = id(first, stream);
            HttpResponse<String> second = gateway.post(PATH, request("Which?", more + from(id)));

            assertThat(sent())
                    .containsSubsequence(
                            "Remember seven.", "assistant", "Remember seven.", "Which?")
                    .doesNotContain("previous_response_id");
            Json whole = ok(send(gateway, "GET", "/" + id(second, stream)));
            assertThat(text(whole, "previous_response_id")).isEqualTo(id);
            assertThat(text(whole, "status")).isEqualTo("completed");
            gateway.post(PATH, request("And?", more + from(text(whole, "id"))));
            assertThat(sent())
                    .containsSubsequence("Remember seven.", "Remember seven.", "Which?", "And?");
            Json items =
                    ok(
                            send(
                                    gateway,
                                    "GET",
                                    "/" + text(whole, "id") + "/input_items?order=asc&limit=2"));
            assertThat(items.get("data").orElseThrow().elements()).hasSize(2);
            assertThat(items.get("has_more")).contains(Json.TRUE);
            gateway.awaitQuiet();
        }
    }

    private static String id(HttpResponse<String> answer, boolean stream) {
        if (!stream) {
            return text(ok(answer), "id");
        }
        assertThat(answer.body()).contains("event: response.completed\n");
        int at = answer.body().indexOf("\"id\":\"resp_") + "\"id\":\"".length();
        return answer.body().substring(at, answer.body().indexOf('"', at));
    }

    @Test
    void aKeptResponseIsToldAgainAsAStream() throws Exception {
        try (Harness gateway = echo()) {
            Json made = ok(gateway.post(PATH, request("Remember seven.", "")));
            String path = "/" + text(made, "id") + "?stream=true";
            HttpResponse<String> all = send(gateway, "GET", path);

            assertThat(all.statusCode()).isEqualTo(200);
            assertThat(all.headers().firstValue("content-type")).hasValue("text/event-stream");
            assertThat(all.body())
                    .startsWith("event: response.created\n")
                    .containsSubsequence(
                            "\"in_progress\"",
                            "event: response.output_text.delta\n",
                            "\"delta\":\"Remember seven.\"",
                            "event: response.completed\n",
                            "\"response\":" + made);
            HttpResponse<String> rest = send(gateway, "GET", path + "&starting_after=3");
            assertThat(rest.body())
                    .contains("\"sequence_number\":4,", "event: response.completed\n")
                    .doesNotContain("\"sequence_number\":3,", "response.created");
            error(send(gateway, "GET", "/resp_flnone?stream=true"), 404);
            assertThat(seen).hasSize(1);
        }
    }

    @Test
    void aToolsResultFindsItsCallInTheKeptResponse() throws Exception {
        String call =
                """
                {"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[\
                {"type":"tool_use","id":"toolu_1","name":"now","input":{}}],\
                "stop_reason":"tool_use","usage":{"input_tokens":10,"output_tokens":3}}\
                """;
        try (Harness gateway =
                gateway(Protocol.ANTHROPIC_MESSAGES, _ -> SimAnswer.json(200, call))) {
            Json made =
                    ok(
                            gateway.post(
                                    PATH,
                                    request(
                                            "What time?",
                                            ",\"store\":true,\"tools\":[{\"type\":\"function\","
                                                    + "\"name\":\"now\",\"parameters\":{\"type\":"
                                                    + "\"object\",\"properties\":{}}}]")));
            String callId = text(made.get("output").orElseThrow().elements().getFirst(), "call_id");
            HttpResponse<String> second =
                    gateway.post(
                            PATH,
                            "{\"model\":\"one/echo\",\"input\":[{\"type\":"
                                    + "\"function_call_output\",\"call_id\":\""
                                    + callId
                                    + "\",\"output\":\"noon\"}]"
                                    + from(text(made, "id"))
                                    + "}");

            ok(second);
            assertThat(second.headers().firstValue("x-fairlead-dropped")).isEmpty();
            assertThat(sent())
                    .containsSubsequence("What time?", "\"tool_use\"", "\"tool_result\"", "noon");
        }
    }

    @Test
    void aProviderOfTheSameProtocolIsToldTheWholeConversation() throws Exception {
        options.targets = List.of("one/echo");
        try (Harness gateway = gateway(Protocol.OPENAI_RESPONSES, Harness.simulator())) {
            store.put(
                    new ArchivedResponse(
                            "resp_flx",
                            "",
                            Instant.now(),
                            """
                            {"response":{"id":"resp_flx","output":[{"type":"message","id":"msg_flx",\
                            "role":"assistant","content":[{"type":"output_text","text":"Seven."}]}]},\
                            "input":[{"type":"message","id":"msg_1","role":"user","content":[\
                            {"type":"input_text","text":"Remember."}]}]}\
                            """
                                    .getBytes(StandardCharsets.UTF_8)));
            ok(gateway.post(PATH, request("Which?", from("resp_flx"))));

            assertThat(sent())
                    .containsSubsequence("Remember.", "Seven.", "Which?")
                    .doesNotContain("previous_response_id", "msg_flx");
        }
    }

    @Test
    void whatARequestGoesOnFromIsCounted() throws Exception {
        try (Harness gateway = echo()) {
            Json made = ok(gateway.post(PATH, request("Remember seven.", "")));
            Json alone = ok(gateway.post(PATH + "/input_tokens", request("Which?", "")));
            Json all =
                    ok(
                            gateway.post(
                                    PATH + "/input_tokens",
                                    request("Which?", from(text(made, "id")))));

            assertThat(all.get("input_tokens").orElseThrow().whole())
                    .isGreaterThan(alone.get("input_tokens").orElseThrow().whole() + 10);
        }
    }

    @Test
    void whatTheClientDoesNotWantKeptIsNot() throws Exception {
        try (Harness gateway = echo()) {
            Json made = ok(gateway.post(PATH, request("Hi", ",\"store\":false")));
            error(send(gateway, "GET", "/" + text(made, "id")), 404);
            assertThat(store.all).isEmpty();
            assertThat(gateway.archive.missed()).isZero();
        }
    }

    @Test
    void anothersResponseIsNotThere() throws Exception {
        try (Harness gateway = echo()) {
            Json made = ok(gateway.post(PATH, request("Hi", "")));
            String id = text(made, "id");
            Harness.await(() -> store.all.containsKey(id));
            ArchivedResponse mine = Objects.requireNonNull(store.all.get(id));
            store.put(new ArchivedResponse(id, "another", Instant.now(), mine.body()));

            error(send(gateway, "GET", "/" + id), 404);
            error(send(gateway, "DELETE", "/" + id), 404);
            Json refused = error(gateway.post(PATH, request("And?", from(id))), 400);
            assertThat(text(refused, "code")).isEqualTo("previous_response_not_found");
            assertThat(text(refused, "param")).isEqualTo("previous_response_id");
            assertThat(text(refused, "type")).isEqualTo("invalid_request_error");
            assertThat(seen).hasSize(1);
        }
    }

    @Test
    void aStoreThatFailsCostsNoAnswer() throws Exception {
        store.broken = true;
        try (Harness gateway = echo()) {
            Json made = ok(gateway.post(PATH, request("Hi", "")));
            Harness.await(() -> gateway.archive.missed() == 1);
            error(send(gateway, "GET", "/" + text(made, "id")), 503);
            error(gateway.post(PATH, request("And?", from(text(made, "id")))), 503);

            store.broken = false;
            error(gateway.post(PATH, request("And?", from(text(made, "id")))), 400);
            ok(gateway.post(PATH, request("Hi", "")));
            Harness.await(() -> gateway.archive.kept() == 1);
            gateway.awaitQuiet();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,?stream=true&starting_after=x,invalid_request,starting_after",
        "GET,?stream=true&starting_after=-1,invalid_request,starting_after",
        "GET,/input_items?limit=0,invalid_request,limit",
        "GET,/input_items?order=up,invalid_request,order",
        "GET,/input_items?after=msg_x,invalid_request,after",
        "POST,/cancel,invalid_request,"
    })
    void whatCanNotBeDoneIsSaid(String method, String rest, String code, String param)
            throws Exception {
        try (Harness gateway = echo()) {
            Json made = ok(gateway.post(PATH, request("Hi", "")));
            Json refused = error(send(gateway, method, "/" + text(made, "id") + rest), 400);
            assertThat(text(refused, "code")).isEqualTo(code);
            assertThat(refused.get("param")).contains(param == null ? Json.NULL : Json.of(param));
        }
    }

    @Test
    void conversationsThatOnlyOpenAiKeepsAreRefused() throws Exception {
        try (Harness gateway = echo()) {
            Json refused =
                    error(gateway.post(PATH, request("Hi", ",\"conversation\":\"conv_1\"")), 400);
            assertThat(text(refused, "code")).isEqualTo("unsupported_parameter");
            assertThat(text(refused, "param")).isEqualTo("conversation");
        }
    }
}
