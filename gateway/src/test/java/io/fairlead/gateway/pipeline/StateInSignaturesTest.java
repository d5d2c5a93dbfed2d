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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Two turns with a tool through clients of Gemini's that bring back calls and no thoughts. */
final class StateInSignaturesTest {
    private static final String TOOLS =
            "\"tools\":[{\"functionDeclarations\":[{\"name\":\"now\"}]}],\"generationConfig\":"
                    + "{\"thinkingConfig\":{\"includeThoughts\":true,\"thinkingBudget\":1024}}";

    private static final String GEMINI =
            """
            {"candidates":[{"content":{"role":"model","parts":[{"text":"Noon."}]},\
            "finishReason":"STOP","index":0}],"modelVersion":"gemini-x","responseId":"r1"}\
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

    /** The part of the answer that is a call, as it came. */
    private static Json call(boolean stream) throws Exception {
        SimAnswer answer =
                stream
                        ? SimAnswer.eventStream(SimBody.of(StateInIdsTest.ANTHROPIC_STREAM))
                        : SimAnswer.json(200, StateInIdsTest.ANTHROPIC);
        try (Harness gateway =
                new StateInSignaturesTest().gateway(Protocol.ANTHROPIC_MESSAGES, answer)) {
            HttpResponse<String> said =
                    gateway.post(
                            "/v1beta/models/one/echo:"
                                    + (stream
                                            ? "streamGenerateContent?alt=sse"
                                            : "generateContent"),
                            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"When?\"}]}],"
                                    + TOOLS
                                    + "}");
            assertThat(said.statusCode()).as(said.body()).isEqualTo(200);
            List<Json> calls = new ArrayList<>();
            for (String line : said.body().split("\r?\n", -1)) {
                String json = line.startsWith("data: ") ? line.substring(6) : line;
                if (json.startsWith("{")) {
                    parts(Json.parse(json).get("candidates").orElseThrow().elements().getFirst())
                            .stream()
                            .filter(part -> part.get("functionCall").isPresent())
                            .forEach(calls::add);
                }
            }
            assertThat(calls).hasSize(1);
            return calls.getFirst();
        }
    }

    private static List<Json> parts(Json candidate) {
        return candidate
                .get("content")
                .flatMap(content -> content.get("parts"))
                .map(Json::elements)
                .orElse(List.of());
    }

    private String second(Protocol provider, SimAnswer answer, Json call) throws Exception {
        try (Harness gateway = gateway(provider, answer)) {
            HttpResponse<String> said =
                    gateway.post(
                            "/v1beta/models/one/echo:generateContent",
                            """
                            {"contents":[{"role":"user","parts":[{"text":"When?"}]},\
                            {"role":"model","parts":[%s]},\
                            {"role":"user","parts":[{"functionResponse":\
                            {"id":"toolu_1","name":"now","response":{"output":"noon"}}}]}],%s}\
                            """
                                    .formatted(call, TOOLS));
            assertThat(said.statusCode()).as(said.body()).isEqualTo(200);
        }
        return seen.getLast().bodyText();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void claudesThinkingComesBackToIt(boolean stream) throws Exception {
        String sent =
                second(
                        Protocol.ANTHROPIC_MESSAGES,
                        SimAnswer.json(200, StateInIdsTest.ANTHROPIC),
                        call(stream));
        List<Json> turns = Json.parse(sent).get("messages").orElseThrow().elements();
        List<Json> said = turns.get(1).get("content").orElseThrow().elements();
        assertThat(said.getFirst().get("thinking").orElseThrow().text())
                .isEqualTo("I need the time.");
        assertThat(said.getFirst().get("signature").orElseThrow().text()).isEqualTo("EqQBsig");
        assertThat(said.getLast().get("id").orElseThrow().text()).isEqualTo("toolu_1");
    }

    @Test
    void geminiDoesNotGetWhatClaudeThought() throws Exception {
        String sent = second(Protocol.GEMINI, SimAnswer.json(200, GEMINI), call(true));
        assertThat(sent).contains("\"now\"").doesNotContain("ZmFpcmxlYWQ", "EqQBsig");
    }
}
