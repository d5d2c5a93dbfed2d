package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Two turns with a tool through chat clients that bring back nothing but the ids of calls. */
final class StateInIdsTest {
    private static final String TOOLS =
            """
            "reasoning_effort":"high","max_tokens":9000,"tools":[{"type":"function","function":\
            {"name":"now","parameters":{"type":"object","properties":{}}}}]\
            """;

    static final String ANTHROPIC =
            """
            {"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[\
            {"type":"thinking","thinking":"I need the time.","signature":"EqQBsig"},\
            {"type":"tool_use","id":"toolu_1","name":"now","input":{}}],\
            "stop_reason":"tool_use","stop_sequence":null,\
            "usage":{"input_tokens":10,"output_tokens":3}}\
            """;

    static final String ANTHROPIC_STREAM =
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":\
            "assistant","model":"claude-x","content":[],"stop_reason":null,"stop_sequence":null,\
            "usage":{"input_tokens":10,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking",\
            "thinking":"","signature":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta",\
            "thinking":"I need the time."}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta",\
            "signature":"EqQBsig"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use",\
            "id":"toolu_1","name":"now","input":{}}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":1}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},\
            "usage":{"output_tokens":7}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    private static final String GEMINI =
            """
            {"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"name":"now",\
            "args":{}},"thoughtSignature":"CiQBabcd"}]},"finishReason":"STOP","index":0}],\
            "usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":3,"totalTokenCount":8},\
            "modelVersion":"gemini-x","responseId":"r1"}\
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

    private static String ask(Harness gateway, boolean stream) throws Exception {
        HttpResponse<String> answer =
                gateway.post(
                        "/v1/chat/completions",
                        "{\"model\":\"one/echo\",\"stream\":"
                                + stream
                                + ","
                                + TOOLS.strip()
                                + ",\"messages\":[{\"role\":\"user\",\"content\":\"When?\"}]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        int at = answer.body().indexOf("_fls1_");
        assertThat(at).as(answer.body()).isPositive();
        return answer.body()
                .substring(answer.body().lastIndexOf('"', at) + 1, answer.body().indexOf('"', at));
    }

    private static void tell(Harness gateway, String model, String id) throws Exception {
        String json =
                """
                {"model":"%s",%s,"messages":[
                 {"role":"user","content":"When?"},
                 {"role":"assistant","content":null,"tool_calls":[
                  {"id":"%s","type":"function","function":{"name":"now","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"%s","content":"noon"}]}\
                """
                        .formatted(model, TOOLS.strip(), id, id);
        HttpResponse<String> answer = gateway.post("/v1/chat/completions", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void claudesThinkingComesBackToIt(boolean stream) throws Exception {
        SimAnswer answer =
                stream
                        ? SimAnswer.eventStream(SimBody.of(ANTHROPIC_STREAM))
                        : SimAnswer.json(200, ANTHROPIC);
        String id;
        try (Harness gateway = gateway(Protocol.ANTHROPIC_MESSAGES, answer)) {
            id = ask(gateway, stream);
        }
        try (Harness gateway =
                gateway(Protocol.ANTHROPIC_MESSAGES, SimAnswer.json(200, ANTHROPIC))) {
            tell(gateway, "one/echo", id);
        }
        String sent = new String(seen.getLast().body(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(sent).doesNotContain("_fls1_");
        List<Json> turns = Json.parse(sent).get("messages").orElseThrow().elements();
        List<Json> said = turns.get(1).get("content").orElseThrow().elements();
        assertThat(said.getFirst().get("thinking").orElseThrow().text())
                .isEqualTo("I need the time.");
        assertThat(said.getFirst().get("signature").orElseThrow().text()).isEqualTo("EqQBsig");
        assertThat(said.getLast().get("id").orElseThrow().text()).isEqualTo("toolu_1");
        Json result = turns.get(2).get("content").orElseThrow().elements().getFirst();
        assertThat(result.get("tool_use_id").orElseThrow().text()).isEqualTo("toolu_1");
    }

    @Test
    void geminisSignatureComesBackToIt() throws Exception {
        try (Harness gateway = gateway(Protocol.GEMINI, SimAnswer.json(200, GEMINI))) {
            tell(gateway, "one/echo", ask(gateway, false));
        }
        String sent = new String(seen.getLast().body(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(sent).doesNotContain("_fls1_");
        Json part =
                Json.parse(sent)
                        .get("contents")
                        .orElseThrow()
                        .elements()
                        .get(1)
                        .get("parts")
                        .orElseThrow()
                        .elements()
                        .getFirst();
        assertThat(part.get("thoughtSignature").orElseThrow().text()).isEqualTo("CiQBabcd");
    }

    @Test
    void aProviderOfTheClientsOwnProtocolSeesPlainIds() throws Exception {
        String id;
        try (Harness gateway =
                gateway(Protocol.ANTHROPIC_MESSAGES, SimAnswer.json(200, ANTHROPIC))) {
            id = ask(gateway, false);
        }
        Harness.Options options = new Harness.Options();
        options.provider =
                request -> {
                    seen.add(request);
                    return Harness.simulator().answer(request);
                };
        try (Harness gateway = new Harness(options)) {
            tell(gateway, "one/echo", id);
        }
        assertThat(new String(seen.getLast().body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("toolu_1")
                .doesNotContain("_fls1_", "EqQBsig");
    }
}
