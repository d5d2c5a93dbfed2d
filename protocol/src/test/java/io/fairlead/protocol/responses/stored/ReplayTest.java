package io.fairlead.protocol.responses.stored;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.json.Json;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

class ReplayTest {
    private static final Json RESPONSE =
            Json.parse(
                    """
                    {"id":"resp_1","object":"response","status":"completed","model":"m","output":[\
                    {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Hm."}],\
                    "encrypted_content":"gA"},\
                    {"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[\
                    {"type":"output_text","text":"Hi.","annotations":[{"type":"url_citation","url":"u"}],\
                    "logprobs":[]},{"type":"refusal","refusal":"No."}]},\
                    {"type":"function_call","id":"fc_1","status":"completed","call_id":"c","name":"f",\
                    "arguments":"{}"},\
                    {"type":"custom_tool_call","id":"ctc_1","call_id":"d","name":"g","input":"x"},\
                    {"type":"web_search_call","id":"ws_1","status":"completed"}],\
                    "usage":{"input_tokens":1}}\
                    """);

    private static List<Json> events(Json response, long after) {
        return new String(Replay.events(response, after), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> Json.parse(line.substring("data: ".length())))
                .toList();
    }

    private static String text(Json event, String name) {
        return event.get(name).orElseThrow().text();
    }

    @Test
    void everyItemIsToldFromItsBeginningToItsEnd() {
        List<Json> events = events(RESPONSE, -1);

        assertThat(
                        events.stream()
                                .map(event -> text(event, "type").substring("response.".length())))
                .containsExactly(
                        "created",
                        "in_progress",
                        "output_item.added",
                        "reasoning_summary_part.added",
                        "reasoning_summary_text.delta",
                        "reasoning_summary_text.done",
                        "reasoning_summary_part.done",
                        "output_item.done",
                        "output_item.added",
                        "content_part.added",
                        "output_text.delta",
                        "output_text.annotation.added",
                        "output_text.done",
                        "content_part.done",
                        "content_part.added",
                        "refusal.delta",
                        "refusal.done",
                        "content_part.done",
                        "output_item.done",
                        "output_item.added",
                        "function_call_arguments.delta",
                        "function_call_arguments.done",
                        "output_item.done",
                        "output_item.added",
                        "custom_tool_call_input.delta",
                        "custom_tool_call_input.done",
                        "output_item.done",
                        "output_item.added",
                        "output_item.done",
                        "completed");
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).get("sequence_number").orElseThrow().whole()).isEqualTo(i);
        }
        Json begun = events.getFirst().get("response").orElseThrow();
        assertThat(text(begun, "status")).isEqualTo("in_progress");
        assertThat(begun.get("output")).contains(Json.EMPTY_ARRAY);
        assertThat(begun.get("usage")).contains(Json.NULL);
        assertThat(events.getLast().get("response")).contains(RESPONSE);
    }

    @Test
    void whatAClientHasIsNotToldAgain() {
        List<Json> all = events(RESPONSE, -1);

        assertThat(events(RESPONSE, 9)).isEqualTo(all.subList(10, all.size()));
        assertThat(events(RESPONSE, all.size())).isEmpty();
    }

    @Test
    void anIncompleteResponseEndsAsOne() {
        Json response = Json.parse("{\"id\":\"resp_1\",\"status\":\"incomplete\",\"output\":[7]}");

        assertThat(events(response, -1).stream().map(event -> text(event, "type")))
                .containsExactly("response.created", "response.in_progress", "response.incomplete");
    }
}
