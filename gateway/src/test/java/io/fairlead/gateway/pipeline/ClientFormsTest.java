package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimRequest;

import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Forms of OpenAI's and Gemini's protocols that are other than the usual one, over sockets. */
final class ClientFormsTest {
    private static final String GEMINI_STREAM =
            """
            data: {"candidates":[{"content":{"parts":[{"text":"Hel"}],"role":"model"},"index":0}],\
            "modelVersion":"g","responseId":"r"}

            data: {"candidates":[{"content":{"parts":[{"text":"lo"}],"role":"model"},\
            "finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":3,\
            "candidatesTokenCount":2,"totalTokenCount":5},"modelVersion":"g","responseId":"r"}

            """;

    private static final String ANTHROPIC =
            """
            {"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[\
            {"type":"thinking","thinking":"Hm.","signature":"c2ln"},{"type":"text","text":"Hello"}],\
            "stop_reason":"end_turn","stop_sequence":null,\
            "usage":{"input_tokens":10,"output_tokens":3}}\
            """;

    private static final String GENERATE = "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}]}";

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

    @Test
    void aStreamOfGeminiWithoutEventsIsOneArray() throws Exception {
        SimAnswer stream = SimAnswer.eventStream(SimBody.of(GEMINI_STREAM));
        try (Harness gateway = gateway(Protocol.GEMINI, stream)) {
            HttpResponse<String> answer =
                    gateway.post("/v1beta/models/one/echo:streamGenerateContent", GENERATE);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type"))
                    .hasValue("application/json; charset=UTF-8");
            assertThat(seen.getLast().path()).isEqualTo("/v1/models/echo:streamGenerateContent");
            List<Json> elements = Json.parse(answer.body()).elements();
            assertThat(elements).hasSize(2);
            assertThat(elements.getLast().get("usageMetadata")).isPresent();
            assertThat(gateway.record().usage().outputTokens()).isEqualTo(2);
        }
    }

    @Test
    void anArrayThatBreaksEndsWithTheErrorAndIsJson() throws Exception {
        String cut = GEMINI_STREAM.substring(0, GEMINI_STREAM.indexOf("data:", 5));
        try (Harness gateway = gateway(Protocol.GEMINI, SimAnswer.eventStream(SimBody.of(cut)))) {
            HttpResponse<String> answer =
                    gateway.post("/v1beta/models/one/echo:streamGenerateContent", GENERATE);
            List<Json> elements = Json.parse(answer.body()).elements();
            assertThat(elements).hasSize(2);
            assertThat(elements.getLast().get("error")).isPresent();
        }
    }

    @Test
    void aCompletionIsAnsweredByAProviderThatHasConversationsOnly() throws Exception {
        try (Harness gateway =
                gateway(Protocol.ANTHROPIC_MESSAGES, SimAnswer.json(200, ANTHROPIC))) {
            HttpResponse<String> answer =
                    gateway.post(
                            "/v1/completions",
                            "{\"model\":\"one/echo\",\"prompt\":\"Say hello\",\"max_tokens\":9}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(seen.getLast().path()).isEqualTo("/v1/messages");
            Json body = Json.parse(answer.body());
            assertThat(body.get("object").orElseThrow().text()).isEqualTo("text_completion");
            Json choice = body.get("choices").orElseThrow().elements().getFirst();
            assertThat(choice.get("text").orElseThrow().text()).isEqualTo("Hello");
        }
    }

    @Test
    void aCompletionOfSeveralPromptsIsRefusedThere() throws Exception {
        try (Harness gateway =
                gateway(Protocol.ANTHROPIC_MESSAGES, SimAnswer.json(200, ANTHROPIC))) {
            HttpResponse<String> answer =
                    gateway.post(
                            "/v1/completions", "{\"model\":\"one/echo\",\"prompt\":[\"a\",\"b\"]}");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("\"param\":\"prompt\"");
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void clientsOfOpenRouterGetThoughtsUnderItsName() throws Exception {
        try (Harness gateway =
                gateway(Protocol.ANTHROPIC_MESSAGES, SimAnswer.json(200, ANTHROPIC))) {
            Json message = chat(gateway, "/api/v1/chat/completions");
            assertThat(message.get("reasoning").orElseThrow().text()).isEqualTo("Hm.");
            assertThat(message.get("reasoning_details")).isPresent();
            assertThat(message.get("reasoning_content")).isEmpty();
            assertThat(chat(gateway, "/v1/chat/completions").get("reasoning_content")).isPresent();
        }
    }

    @Test
    void alsoWhereAProviderOfOpenAisProtocolHasTheOtherName() throws Exception {
        String deepSeek =
                """
                {"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,\
                "message":{"role":"assistant","content":"Hello","reasoning_content":"Hm."},\
                "finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2,\
                "total_tokens":3}}\
                """;
        try (Harness gateway = gateway(Protocol.OPENAI_CHAT, SimAnswer.json(200, deepSeek))) {
            Json message = chat(gateway, "/api/v1/chat/completions");
            assertThat(message.get("reasoning").orElseThrow().text()).isEqualTo("Hm.");
            Json usual = chat(gateway, "/v1/chat/completions");
            assertThat(usual.get("reasoning_content").orElseThrow().text()).isEqualTo("Hm.");
            assertThat(usual.get("reasoning")).isEmpty();
        }
    }

    private static Json chat(Harness gateway, String path) throws Exception {
        HttpResponse<String> answer =
                gateway.post(
                        path,
                        "{\"model\":\"one/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Json choice = Json.parse(answer.body()).get("choices").orElseThrow().elements().getFirst();
        return choice.get("message").orElseThrow();
    }
}
