package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.Split;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Clients of one protocol at providers of another, over sockets. */
final class TranslatedTest {
    private static final String ANTHROPIC =
            """
            {"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[\
            {"type":"text","text":"Hello"}],"stop_reason":"end_turn","stop_sequence":null,\
            "usage":{"input_tokens":10,"cache_read_input_tokens":5,"output_tokens":3}}\
            """;

    private static final String ANTHROPIC_STREAM =
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":\
            "assistant","model":"claude-x","content":[],"stop_reason":null,"stop_sequence":null,\
            "usage":{"input_tokens":10,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use",\
            "id":"toolu_1","name":"now","input":{}}}

            event: ping
            data: {"type":"ping"}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta",\
            "partial_json":""}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},\
            "usage":{"output_tokens":7}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    private final List<SimRequest> seen = new CopyOnWriteArrayList<>();

    private Harness gateway(Protocol protocol, SimAnswer answer) {
        Harness.Options options = new Harness.Options();
        options.protocol = protocol;
        options.provider =
                request -> {
                    seen.add(request);
                    return answer;
                };
        return new Harness(options);
    }

    private static SimAnswer json(int status, String body) {
        return SimAnswer.json(status, body);
    }

    private Json sent() {
        return Json.parse(seen.getLast().body());
    }

    @Test
    void aChatClientIsAnsweredByAnthropic() throws Exception {
        try (Harness gateway = gateway(Protocol.ANTHROPIC_MESSAGES, json(200, ANTHROPIC))) {
            HttpResponse<String> answer =
                    gateway.post(
                            "/v1/chat/completions",
                            """
                            {"model":"one/echo","seed":7,"messages":[
                             {"role":"system","content":"Be brief."},
                             {"role":"user","content":"Hi"}]}\
                            """);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(seen.getLast().path()).isEqualTo("/v1/messages");
            assertThat(sent().get("model").orElseThrow().text()).isEqualTo("echo");
            assertThat(sent().get("max_tokens")).isPresent();
            Json body = Json.parse(answer.body());
            Json choice = body.get("choices").orElseThrow().elements().getFirst();
            assertThat(choice.get("message").orElseThrow().get("content").orElseThrow().text())
                    .isEqualTo("Hello");
            assertThat(choice.get("finish_reason").orElseThrow().text()).isEqualTo("stop");
            assertThat(body.get("usage").orElseThrow().get("prompt_tokens").orElseThrow().whole())
                    .isEqualTo(15);
            assertThat(answer.headers().firstValue("x-fairlead-dropped")).hasValue("seed");
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
            RequestRecord record = gateway.record();
            assertThat(record.usage().inputTokens()).isEqualTo(15);
            assertThat(record.usage().cachedInputTokens()).isEqualTo(5);
            assertThat(record.usage().outputTokens()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStreamedCallWithoutArgumentsReachesAChatClientWhole(boolean byteByByte) throws Exception {
        UnaryOperator<SimBody> split = byteByByte ? Split::everyByte : body -> body;
        SimAnswer stream = SimAnswer.eventStream(split.apply(SimBody.of(ANTHROPIC_STREAM)));
        try (Harness gateway = gateway(Protocol.ANTHROPIC_MESSAGES, stream)) {
            HttpResponse<String> answer =
                    gateway.post("/v1/chat/completions", Harness.chat("one/echo", true));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(sent().get("stream").orElseThrow().truth()).isTrue();
            assertThat(answer.body())
                    .contains("\"name\":\"now\"")
                    .contains("\"arguments\":\"{}\"")
                    .contains("\"finish_reason\":\"tool_calls\"")
                    .endsWith("data: [DONE]\n\n");
            assertThat(gateway.record().usage().outputTokens()).isEqualTo(7);
        }
    }

    @Test
    void aMessagesClientIsAnsweredByAnOpenAiLikeProvider() throws Exception {
        try (Harness gateway = new Harness()) {
            HttpResponse<String> answer =
                    gateway.post(
                            "/v1/messages",
                            """
                            {"model":"one/echo","max_tokens":64,"messages":[
                             {"role":"user","content":"Hi there"}]}\
                            """);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            Json body = Json.parse(answer.body());
            assertThat(body.get("type").orElseThrow().text()).isEqualTo("message");
            Json text = body.get("content").orElseThrow().elements().getFirst();
            assertThat(text.get("text").orElseThrow().text()).isEqualTo("Hi there");
            assertThat(body.get("stop_reason").orElseThrow().text()).isEqualTo("end_turn");

            HttpResponse<String> stream =
                    gateway.post(
                            "/v1/messages",
                            """
                            {"model":"one/echo","max_tokens":64,"stream":true,"messages":[
                             {"role":"user","content":"Hi there"}]}\
                            """);
            assertThat(stream.body())
                    .startsWith("event: message_start\n")
                    .contains("event: content_block_delta\n")
                    .contains("event: message_stop\n")
                    .doesNotContain("[DONE]");
        }
    }

    @Test
    void aMessagesClientAtAnthropicSeesTheVeryBytes() throws Exception {
        SimAnswer stream = SimAnswer.eventStream(SimBody.of(ANTHROPIC_STREAM));
        try (Harness gateway = gateway(Protocol.ANTHROPIC_MESSAGES, stream)) {
            String request =
                    """
                    {"messages":[{"role":"user","content":"Hi"}],  "unknown_member": [1.0],
                     "model":"one/echo","max_tokens":64,"stream":true}\
                    """;
            HttpResponse<String> answer = gateway.post("/v1/messages", request);

            assertThat(answer.body()).isEqualTo(ANTHROPIC_STREAM);
            assertThat(new String(seen.getLast().body(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(request.replace("one/echo", "echo"));
            assertThat(gateway.record().usage().inputTokens()).isEqualTo(10);
            assertThat(gateway.record().usage().outputTokens()).isEqualTo(7);
            assertThat(gateway.record().finishReason()).hasValue("tool_use");
        }
    }

    @Test
    void aGeminiClientIsAnsweredByAnOpenAiLikeProvider() throws Exception {
        try (Harness gateway = new Harness()) {
            String request =
                    "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi there\"}]}]}";
            HttpResponse<String> answer =
                    gateway.post("/v1beta/models/one/echo:generateContent", request);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            Json candidate =
                    Json.parse(answer.body()).get("candidates").orElseThrow().elements().getFirst();
            assertThat(candidate.get("finishReason").orElseThrow().text()).isEqualTo("STOP");
            assertThat(candidate.toString()).contains("Hi there");

            HttpResponse<String> stream =
                    gateway.post(
                            "/v1beta/models/one%2Fecho:streamGenerateContent?alt=sse", request);
            assertThat(stream.statusCode()).as(stream.body()).isEqualTo(200);
            assertThat(stream.body()).startsWith("data: {").contains("\"finishReason\":\"STOP\"");
        }
    }

    @Test
    void anErrorReachesTheClientInItsOwnShape() throws Exception {
        String error =
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
                        + "\"max_tokens: too large\"},\"request_id\":\"req_1\"}";
        try (Harness gateway = gateway(Protocol.ANTHROPIC_MESSAGES, json(400, error))) {
            HttpResponse<String> chat =
                    gateway.post("/v1/chat/completions", Harness.chat("one/echo", false));
            assertThat(chat.statusCode()).isEqualTo(400);
            Json told = Json.parse(chat.body()).get("error").orElseThrow();
            assertThat(told.get("message").orElseThrow().text()).isEqualTo("max_tokens: too large");
            assertThat(told.get("type").orElseThrow().text()).isEqualTo("invalid_request_error");

            HttpResponse<String> same =
                    gateway.post(
                            "/v1/messages",
                            "{\"model\":\"one/echo\",\"max_tokens\":1,\"messages\":[]}");
            assertThat(same.statusCode()).isEqualTo(400);
            assertThat(same.body()).isEqualTo(error);
        }
    }

    @Test
    void aStreamThatIsCutBeforeItsEndIsNoAnswer() throws Exception {
        String cut =
                ANTHROPIC_STREAM.substring(0, ANTHROPIC_STREAM.indexOf("event: message_delta"));
        try (Harness gateway =
                gateway(Protocol.ANTHROPIC_MESSAGES, SimAnswer.eventStream(SimBody.of(cut)))) {
            HttpResponse<String> answer =
                    gateway.post("/v1/chat/completions", Harness.chat("one/echo", true));
            assertThat(answer.body()).contains("\"error\"").doesNotContain("[DONE]");
        }
    }

    @Test
    void aFieldOfAWrongTypeIsNamed() throws Exception {
        try (Harness gateway = gateway(Protocol.ANTHROPIC_MESSAGES, json(200, ANTHROPIC))) {
            HttpResponse<String> answer =
                    gateway.post(
                            "/v1/chat/completions",
                            "{\"model\":\"one/echo\",\"temperature\":\"hot\",\"messages\":"
                                    + "[{\"role\":\"user\",\"content\":\"Hi\"}]}");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("temperature").contains("a number");
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void whatCanNotBeHonouredIsRefusedUnlessAnotherCandidateCan() throws Exception {
        try (Harness gateway = gateway(Protocol.ANTHROPIC_MESSAGES, json(200, ANTHROPIC))) {
            HttpResponse<String> answer =
                    gateway.post(
                            "/v1/chat/completions",
                            "{\"model\":\"one/echo\",\"n\":3,\"messages\":"
                                    + "[{\"role\":\"user\",\"content\":\"Hi\"}]}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).contains("unsupported_parameter").contains("\"param\":\"n\"");
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void stateOfAnotherProviderDoesNotReachAnthropic() throws Exception {
        String foreign =
                "fairlead1."
                        + java.util.Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(
                                        "{\"o\":\"openai\"}"
                                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try (Harness gateway = gateway(Protocol.ANTHROPIC_MESSAGES, json(200, ANTHROPIC))) {
            HttpResponse<String> answer =
                    gateway.post(
                            "/v1/messages",
                            """
                            {"model":"one/echo","max_tokens":64,"messages":[
                             {"role":"user","content":"Hi"},
                             {"role":"assistant","content":[
                              {"type":"thinking","thinking":"Hm","signature":"STATE"},
                              {"type":"text","text":"Hello"}]},
                             {"role":"user","content":"Again"}]}\
                            """
                                    .replace("STATE", foreign));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(sent().toString()).doesNotContain("fairlead1").contains("Hello");
        }
    }

    @Test
    void anErrorInATranslatedResponsesStreamGoesOnCounting() throws Exception {
        String cut =
                ANTHROPIC_STREAM.substring(0, ANTHROPIC_STREAM.indexOf("event: message_delta"));
        try (Harness gateway =
                gateway(Protocol.ANTHROPIC_MESSAGES, SimAnswer.eventStream(SimBody.of(cut)))) {
            HttpResponse<String> answer =
                    gateway.post(
                            "/v1/responses",
                            "{\"model\":\"one/echo\",\"stream\":true,\"input\":\"Hi\"}");
            String[] events = answer.body().split("\n\n", -1);
            assertThat(events[events.length - 2])
                    .startsWith("event: error\n")
                    .contains("\"sequence_number\":" + (events.length - 2));
        }
    }
}
