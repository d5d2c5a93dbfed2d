package io.fairlead.simulator.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.SimStep;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.util.List;

class ChatCompletionsTest {
    private static final String PATH = "/v1/chat/completions";
    private static final String TOOL =
            """
            "tools": [{"type": "function", "function": {"name": "weather", "parameters": {
                "type": "object", "required": ["city", "days"], "additionalProperties": false,
                "properties": {"city": {"type": "string"}, "days": {"type": "integer", "minimum": 3}}}}}]
            """;

    private static String body(String model, String more) {
        return """
        {"model": "%s", "messages": [{"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Hello, wörld!"}]%s}
        """
                .formatted(model, more.isEmpty() ? "" : ", " + more);
    }

    private static String content(List<JsonNode> chunks) {
        StringBuilder text = new StringBuilder();
        for (JsonNode chunk : chunks) {
            text.append(chunk.path("choices").path(0).path("delta").path("content").asString(""));
        }
        return text.toString();
    }

    @Test
    void echoesTheLastUserMessageWithUsage() {
        Asked asked = Asked.post(PATH, body("echo", ""));
        assertThat(OpenAiSchemas.problems("CreateChatCompletionResponse", asked.text())).isEmpty();
        JsonNode choice = asked.json().get("choices").get(0);
        assertThat(choice.at("/message/content").asString()).isEqualTo("Hello, wörld!");
        assertThat(choice.get("finish_reason").asString()).isEqualTo("stop");
        // "Hell" "o" "," " wör" is four letters with its space: " wörl" "d" "!"
        assertThat(asked.json().at("/usage/completion_tokens").asInt()).isEqualTo(6);
        assertThat(asked.json().at("/usage/prompt_tokens").asInt())
                .isEqualTo(4 + SimTokens.count("Be brief.") + 4 + 6);
        assertThat(asked.json().at("/usage/total_tokens").asInt())
                .isEqualTo(
                        asked.json().at("/usage/prompt_tokens").asInt()
                                + asked.json().at("/usage/completion_tokens").asInt());
    }

    @Test
    void streamsTheSameTextWithUsageOnlyIfAskedFor() {
        Asked without = Asked.post(PATH, body("echo", "\"stream\": true"));
        Asked with =
                Asked.post(
                        PATH,
                        body(
                                "echo",
                                "\"stream\": true, \"stream_options\": {\"include_usage\": true}"));
        for (Asked asked : List.of(without, with)) {
            assertThat(asked.data().getLast()).isEqualTo("[DONE]");
            assertThat(content(asked.events())).isEqualTo("Hello, wörld!");
            for (JsonNode chunk : asked.events()) {
                assertThat(
                                OpenAiSchemas.problems(
                                        "CreateChatCompletionStreamResponse", chunk.toString()))
                        .isEmpty();
            }
        }
        assertThat(without.text()).doesNotContain("usage");
        assertThat(with.events().getFirst().get("usage").isNull()).isTrue();
        JsonNode last = with.events().getLast();
        assertThat(last.get("choices").isEmpty()).isTrue();
        assertThat(last.at("/usage/completion_tokens").asInt()).isEqualTo(6);
    }

    @Test
    void loremHasTheLengthThatIsAskedFor() {
        JsonNode free = Asked.post(PATH, body("lorem-30", "")).json();
        assertThat(free.at("/usage/completion_tokens").asInt()).isEqualTo(30);
        assertThat(free.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        JsonNode cut = Asked.post(PATH, body("lorem-30", "\"max_completion_tokens\": 7")).json();
        assertThat(cut.at("/usage/completion_tokens").asInt()).isEqualTo(7);
        assertThat(cut.at("/choices/0/finish_reason").asString()).isEqualTo("length");
    }

    @Test
    void honoursStopAndN() {
        Asked asked = Asked.post(PATH, body("echo", "\"stop\": [\"zzz\", \",\"], \"n\": 3"));
        assertThat(OpenAiSchemas.problems("CreateChatCompletionResponse", asked.text())).isEmpty();
        assertThat(asked.json().get("choices").size()).isEqualTo(3);
        assertThat(asked.json().at("/choices/2/message/content").asString()).isEqualTo("Hello");
        assertThat(asked.json().at("/usage/completion_tokens").asInt()).isEqualTo(3 * 2);
        Asked stream = Asked.post(PATH, body("echo", "\"stream\": true, \"n\": 2"));
        assertThat(stream.events().stream().map(c -> c.at("/choices/0/index").asInt()).distinct())
                .containsExactly(0, 1);
    }

    @Test
    void callsTheFirstToolWithValidArguments() {
        Asked whole = Asked.post(PATH, body("tools", TOOL));
        assertThat(OpenAiSchemas.problems("CreateChatCompletionResponse", whole.text())).isEmpty();
        JsonNode call = whole.json().at("/choices/0/message/tool_calls/0/function");
        assertThat(call.get("name").asString()).isEqualTo("weather");
        JsonNode arguments = Json.MAPPER.readTree(call.get("arguments").asString());
        assertThat(arguments.get("city").asString()).isEqualTo("Hello, wörld!");
        assertThat(arguments.get("days").asInt()).isEqualTo(3);
        assertThat(whole.json().at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");

        Asked stream = Asked.post(PATH, body("tools", TOOL + ", \"stream\": true"));
        StringBuilder streamed = new StringBuilder();
        for (JsonNode chunk : stream.events()) {
            assertThat(
                            OpenAiSchemas.problems(
                                    "CreateChatCompletionStreamResponse", chunk.toString()))
                    .isEmpty();
            streamed.append(
                    chunk.at("/choices/0/delta/tool_calls/0/function/arguments").asString(""));
        }
        assertThat(Json.MAPPER.readTree(streamed.toString())).isEqualTo(arguments);
    }

    @Test
    void answersInTextOnceTheToolResultIsThere() {
        String more = "{\"role\": \"tool\", \"tool_call_id\": \"c\", \"content\": \"sunny\"}";
        String body = "{\"model\": \"tools\", \"messages\": [" + more + "], " + TOOL + "}";
        assertThat(Asked.post(PATH, body).json().at("/choices/0/message/content").asString())
                .isEqualTo("The tool answered: sunny");
    }

    @Test
    void everyModelCallsAToolThatIsRequired() {
        Asked asked = Asked.post(PATH, body("echo", TOOL + ", \"tool_choice\": \"required\""));
        assertThat(asked.json().at("/choices/0/message/tool_calls").size()).isEqualTo(1);
        Asked none = Asked.post(PATH, body("tools", TOOL + ", \"tool_choice\": \"none\""));
        assertThat(none.json().at("/choices/0/message").has("tool_calls")).isFalse();
    }

    @Test
    void answersWithJsonOfTheSchema() {
        String schema =
                """
                {"type": "object", "required": ["title", "kind", "tags"], "additionalProperties": false,
                 "properties": {"title": {"type": "string", "maxLength": 5}, "kind": {"enum": ["a", "b"]},
                   "tags": {"type": "array", "items": {"$ref": "#/$defs/tag"}, "minItems": 2},
                   "next": {"anyOf": [{"$ref": "#"}, {"type": "null"}]}},
                 "$defs": {"tag": {"type": "object", "properties": {"n": {"type": "number", "maximum": 0}},
                   "required": ["n"], "additionalProperties": false}}}
                """;
        for (String model : List.of("echo", "lorem")) {
            Asked asked =
                    Asked.post(
                            PATH,
                            body(
                                    model,
                                    "\"response_format\": {\"type\": \"json_schema\","
                                            + " \"json_schema\":{\"name\": \"x\", \"schema\": "
                                            + schema
                                            + "}}"));
            String content = asked.json().at("/choices/0/message/content").asString();
            assertThat(OpenAiSchemas.problemsWith(schema, content)).as(content).isEmpty();
        }
        Asked any =
                Asked.post(PATH, body("echo", "\"response_format\": {\"type\": \"json_object\"}"));
        assertThat(any.json().at("/choices/0/message/content").asString())
                .isEqualTo("{\"text\":\"Hello, wörld!\"}");
    }

    @Test
    void refusesWhatIsNoRequest() {
        for (Asked asked :
                List.of(
                        Asked.post(PATH, "{"),
                        Asked.post(PATH, "{\"model\": \"echo\"}"),
                        Asked.post(PATH, body("nothing-like-it", "")),
                        Asked.post("/v1/other", body("echo", "")))) {
            assertThat(asked.reply().status()).isIn(400, 404);
            assertThat(OpenAiSchemas.problems("ErrorResponse", asked.text())).isEmpty();
        }
    }

    @Test
    void slowIsSlowFromTheFirstTokenOn() {
        Asked slow = Asked.post(PATH, body("slow", "\"stream\": true"));
        assertThat(slow.steps().stream().filter(SimStep.Wait.class::isInstance)).hasSize(20);
        assertThat(Asked.post(PATH, body("slow", "")).reply().delay().toMillis())
                .isEqualTo(2_000 + 19 * 150);
    }

    @Test
    void flakyFailsEverySecondRequestInAFixedSequence() {
        OpenAiSimulator simulator = Asked.simulator();
        StringBuilder outcomes = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            var answer = simulator.answer(SimRequest.post(PATH, body("flaky", "")));
            outcomes.append(
                    switch (answer) {
                        case SimAnswer.Reply reply -> reply.status() + " ";
                        case SimAnswer.Reset _ -> "reset ";
                        case SimAnswer.Hangup _ -> "hangup ";
                        case SimAnswer.Silence _ -> "silence ";
                    });
        }
        assertThat(outcomes.toString())
                .isEqualTo("500 200 429 200 200 200 503 200 reset 200 200 200 ");
    }

    @Test
    void lenientModelsAnswerToAnyName() {
        OpenAiSimulator lenient = new OpenAiSimulator(SimModels.lenientBuiltIn(), Asked.CLOCK);
        Asked asked = Asked.post(lenient, PATH, body("gpt-4o", ""));
        assertThat(asked.json().get("model").asString()).isEqualTo("gpt-4o");
        assertThat(asked.json().at("/choices/0/message/content").asString())
                .isEqualTo("Hello, wörld!");
    }
}
