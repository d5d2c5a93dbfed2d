package io.fairlead.simulator.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.util.List;

class ResponsesTest {
    private static final String PATH = "/v1/responses";
    private static final String TOOL =
            """
            "tools": [{"type": "function", "name": "go", "parameters": {"type": "object",
                "properties": {"to": {"type": "string"}}, "required": ["to"], "additionalProperties": false}}]
            """;

    private static Asked ask(String model, String more) {
        return Asked.post(
                PATH,
                "{\"model\": \""
                        + model
                        + "\", \"instructions\": \"be kind\", \"input\": [{\"role\": \"user\","
                        + " \"content\":[{\"type\": \"input_text\", \"text\": \"hi there\"}]}]"
                        + (more.isEmpty() ? "" : ", " + more)
                        + "}");
    }

    private static List<String> types(Asked asked) {
        return asked.events().stream().map(event -> event.get("type").asString()).toList();
    }

    private static void validEvents(Asked asked) {
        int sequence = 0;
        for (JsonNode event : asked.events()) {
            assertThat(OpenAiSchemas.problems("ResponseStreamEvent", event.toString()))
                    .as(event.toString())
                    .isEmpty();
            assertThat(event.get("sequence_number").asInt()).isEqualTo(sequence++);
        }
        assertThat(asked.text()).doesNotContain("[DONE]");
    }

    @Test
    void answersWhole() {
        Asked asked = ask("echo", "");
        assertThat(OpenAiSchemas.problems("Response", asked.text())).isEmpty();
        assertThat(asked.json().at("/output/0/content/0/text").asString()).isEqualTo("hi there");
        assertThat(asked.json().get("status").asString()).isEqualTo("completed");
        assertThat(asked.json().at("/usage/output_tokens").asInt())
                .isEqualTo(SimTokens.count("hi there"));
    }

    @Test
    void streamsTextInTheRightOrder() {
        Asked asked = ask("echo", "\"stream\": true");
        validEvents(asked);
        assertThat(types(asked))
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.delta",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        assertThat(asked.text()).startsWith("event: response.created\ndata: {");
    }

    @Test
    void streamsToolCalls() {
        Asked asked = ask("tools", TOOL + ", \"stream\": true");
        validEvents(asked);
        assertThat(types(asked))
                .contains(
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done");
        JsonNode item = asked.events().getLast().at("/response/output/0");
        assertThat(item.get("arguments").asString()).isEqualTo("{\"to\":\"hi there\"}");
        assertThat(OpenAiSchemas.problems("Response", ask("tools", TOOL).text())).isEmpty();
    }

    @Test
    void isIncompleteAtTheTokenLimit() {
        Asked asked = ask("lorem", "\"max_output_tokens\": 5, \"stream\": true");
        validEvents(asked);
        assertThat(types(asked).getLast()).isEqualTo("response.incomplete");
        assertThat(
                        OpenAiSchemas.problems(
                                "Response", ask("lorem", "\"max_output_tokens\": 5").text()))
                .isEmpty();
    }

    @Test
    void answersWithJsonOfTheSchema() {
        String schema =
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"]}";
        Asked asked =
                ask(
                        "echo",
                        "\"text\": {\"format\": {\"type\": \"json_schema\", \"name\": \"x\","
                                + " \"schema\": "
                                + schema
                                + "}}");
        assertThat(OpenAiSchemas.problems("Response", asked.text())).isEmpty();
        assertThat(asked.json().at("/output/0/content/0/text").asString())
                .isEqualTo("{\"a\":\"hi there\"}");
    }
}
