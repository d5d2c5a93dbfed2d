package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Responses of providers that speak the Responses API: some keep them, and for others we do. */
final class ResponsesElsewhereTest {
    private static final String PATH = "/v1/responses";

    private final List<SimRequest> first = new CopyOnWriteArrayList<>();
    private final List<SimRequest> second = new CopyOnWriteArrayList<>();
    private final ResponsesInMemory store = new ResponsesInMemory();

    private static String response(String id) {
        return "{\"id\":\""
                + id
                + "\",\"object\":\"response\",\"created_at\":1,\"status\":\"completed\","
                + "\"model\":\"echo\",\"store\":false,\"previous_response_id\":null,\"x_own\":7,"
                + "\"output\":[{\"type\":\"message\",\"id\":\"msg_"
                + id
                + "\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":[{\"type\":"
                + "\"output_text\",\"text\":\"Seven.\",\"annotations\":[]}]}],"
                + "\"usage\":{\"input_tokens\":3,\"output_tokens\":2,\"total_tokens\":5}}";
    }

    /** As Bedrock frames them: the name comes last, and lines end as those of Windows. */
    private static String event(String type, String more) {
        return "data: {\"type\":\"" + type + "\"" + more + "}\r\nevent: " + type + "\r\n\r\n";
    }

    private static SimAnswer answer(SimRequest request, String id) {
        if (request.method().equals("DELETE")) {
            return SimAnswer.json(200, "{\"id\":\"" + id + "\",\"deleted\":true}");
        }
        if (!request.bodyText().contains("\"stream\":true")) {
            return SimAnswer.json(200, response(id));
        }
        return SimAnswer.bytes(
                200,
                "text/event-stream",
                (event("response.created", ",\"response\":{\"id\":\"" + id + "\"}")
                                + event(
                                        "response.output_text.delta",
                                        ",\"item_id\":\"m\",\"output_index\":0,\"content_index\":0,"
                                                + "\"delta\":\"Seven.\"")
                                + event("response.completed", ",\"response\":" + response(id)))
                        .getBytes(StandardCharsets.UTF_8));
    }

    private Harness groq() {
        Harness.Options options = new Harness.Options();
        options.responses = store;
        options.one = one -> TranscribedTest.ofType("groq", one);
        options.provider =
                request -> {
                    first.add(request);
                    return answer(request, "gen-" + first.size());
                };
        return new Harness(options);
    }

    private Harness twoKeepers() {
        Harness.Options options = new Harness.Options();
        options.responses = store;
        options.targets = List.of("one/echo", "two/echo");
        options.protocol = Protocol.OPENAI_RESPONSES;
        options.secondProtocol = Protocol.OPENAI_RESPONSES;
        options.provider =
                request -> {
                    first.add(request);
                    return answer(request, "resp_a" + first.size());
                };
        options.second =
                request -> {
                    second.add(request);
                    return answer(request, "resp_b" + second.size());
                };
        return new Harness(options);
    }

    private static String request(String model, String input, String more) {
        return "{\"model\":\"" + model + "\",\"input\":\"" + input + "\"" + more + "}";
    }

    private static String from(String id) {
        return ",\"previous_response_id\":\"" + id + "\"";
    }

    private static HttpResponse<String> send(
            Harness gateway, String method, String rest, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(gateway.uri(PATH + rest))
                        .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return gateway.send(request);
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

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAHostOfTheProtocolDoesNotKeepTheGatewayDoes(boolean stream) throws Exception {
        String more = stream ? ",\"stream\":true" : "";
        try (Harness gateway = groq()) {
            HttpResponse<String> made =
                    gateway.post(
                            PATH, request("one/echo", "Remember seven.", ",\"store\":true" + more));

            assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
            assertThat(made.body()).contains("\"id\":\"gen-1\"", "\"x_own\":7");
            assertThat(made.headers().firstValue("x-fairlead-dropped")).isEmpty();
            assertThat(first.getFirst().bodyText()).contains("\"store\":false");
            Json kept = ok(send(gateway, "GET", "/gen-1"));
            assertThat(text(kept, "id")).isEqualTo("gen-1");
            assertThat(kept.get("store")).contains(Json.TRUE);
            assertThat(kept.get("x_own")).contains(Json.of(7));
            assertThat(first).hasSize(1);

            gateway.post(PATH, request("one/echo", "Which?", from("gen-1") + more));
            assertThat(first.getLast().bodyText())
                    .containsSubsequence("Remember seven.", "Seven.", "Which?")
                    .doesNotContain("previous_response_id");
            assertThat(text(ok(send(gateway, "GET", "/gen-2")), "previous_response_id"))
                    .isEqualTo("gen-1");
            assertThat(ok(send(gateway, "GET", "/gen-2/input_items")).toString())
                    .contains("Remember seven.", "Which?");
            assertThat(send(gateway, "GET", "/gen-2?stream=true").body())
                    .contains("event: response.completed\n");

            ok(send(gateway, "DELETE", "/gen-1"));
            error(send(gateway, "GET", "/gen-1"), 404);
            assertThat(first).hasSize(2);
            gateway.awaitQuiet();
        }
    }

    @Test
    void whatTheClientDoesNotWantKeptIsNot() throws Exception {
        try (Harness gateway = groq()) {
            ok(gateway.post(PATH, request("one/echo", "Hi", ",\"store\":false")));
            error(send(gateway, "GET", "/gen-1"), 404);
            assertThat(store.all).isEmpty();
            assertThat(gateway.archive.missed()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "background|true",
                "previous_response_id|\"resp_x\"",
                "conversation|\"conv_x\""
            })
    void whatOnlyAKeeperCanDoIsRefusedByName(String member, String value) throws Exception {
        try (Harness gateway = groq()) {
            Json refused =
                    error(
                            gateway.post(
                                    PATH,
                                    request("one/echo", "Hi", ",\"" + member + "\":" + value)),
                            400);
            assertThat(text(refused, "code")).isEqualTo("unsupported_parameter");
            assertThat(text(refused, "param")).isEqualTo(member);
            assertThat(first).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aResponseIsAskedForWhereItWasMade(boolean stream) throws Exception {
        String more = stream ? ",\"stream\":true" : "";
        try (Harness gateway = twoKeepers()) {
            gateway.post(PATH, request("one/echo", "Hi", more));
            gateway.post(PATH, request("two/echo", "Hi", more));
        }
        try (Harness gateway = twoKeepers()) {
            ok(send(gateway, "GET", "/resp_b1?include=x"));
            assertThat(second.getLast().path()).isEqualTo("/v1/responses/resp_b1");
            ok(send(gateway, "GET", "/resp_a1/input_items"));
            assertThat(first.getLast().path()).isEqualTo("/v1/responses/resp_a1/input_items");

            ok(gateway.post(PATH, request("both", "And?", from("resp_b1"))));
            assertThat(second.getLast().bodyText()).contains("\"resp_b1\"");
            ok(gateway.post(PATH, request("both", "And?", from("resp_a1"))));
            assertThat(first.getLast().bodyText()).contains("\"resp_a1\"");

            Json refused =
                    error(gateway.post(PATH, request("one/echo", "And?", from("resp_b1"))), 400);
            assertThat(text(refused, "param")).isEqualTo("previous_response_id");
            assertThat(text(refused, "message")).contains("two", "one/echo");

            ok(send(gateway, "DELETE", "/resp_b1"));
            assertThat(second.getLast().method()).isEqualTo("DELETE");
            gateway.awaitQuiet();
        }
    }

    @Test
    void anUnknownResponseIsAskedForWhereTheClientSays() throws Exception {
        try (Harness gateway = twoKeepers()) {
            assertThat(text(error(send(gateway, "GET", "/resp_old"), 404), "message"))
                    .contains("x-fairlead-provider");
            ok(send(gateway, "GET", "/resp_old", "x-fairlead-provider", "two"));
            assertThat(second.getLast().path()).isEqualTo("/v1/responses/resp_old");
            error(send(gateway, "GET", "/resp_old", "x-fairlead-provider", "three"), 404);

            store.broken = true; // a provider's response is not worse off for it
            ok(send(gateway, "GET", "/resp_old", "x-fairlead-provider", "one"));
            ok(gateway.post(PATH, request("both", "And?", from("resp_old"))));
            gateway.awaitQuiet();
        }
    }
}
