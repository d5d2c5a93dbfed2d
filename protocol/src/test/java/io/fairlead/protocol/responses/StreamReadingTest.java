package io.fairlead.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Streams that the recordings don't show. */
class StreamReadingTest {
    private static List<StreamEvent> read(String... messages) {
        StreamReader reader = new OpenAiResponsesProtocol().streamReader();
        List<StreamEvent> events = new ArrayList<>();
        for (String message : messages) {
            events.addAll(reader.read(Frame.of("", message)).events());
        }
        events.addAll(reader.end().events());
        return events;
    }

    private static List<String> names(List<StreamEvent> events) {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    @Test
    void whatComesOnlyWithTheLastMessageIsToldInFull() {
        List<StreamEvent> events =
                read(
                        """
                        {"type":"response.completed","response":{"id":"r","model":"m",
                         "status":"completed","output":[
                          {"type":"message","id":"a","role":"assistant","content":[
                            {"type":"output_text","text":"Hi"}]},
                          {"type":"function_call","id":"b","call_id":"c","name":"f",
                           "arguments":"{}"}],
                         "usage":{"input_tokens":1,"output_tokens":2,"total_tokens":3}}}\
                        """);

        assertThat(names(events))
                .containsExactly(
                        "Started",
                        "PartStarted",
                        "PartGrew",
                        "PartEnded",
                        "PartStarted",
                        "PartGrew",
                        "PartEnded",
                        "UsageKnown",
                        "ChoiceEnded",
                        "Ended");
    }

    @Test
    void textThatOnlyItsEndTellsIsToldOnce() {
        List<StreamEvent> events =
                read(
                        "{\"type\":\"response.created\",\"response\":{\"id\":\"r\"}}",
                        "{\"type\":\"response.output_text.delta\",\"output_index\":0,"
                                + "\"content_index\":0,\"delta\":\"Hel\"}",
                        "{\"type\":\"response.output_text.done\",\"output_index\":0,"
                                + "\"content_index\":0,\"text\":\"Hello\"}",
                        "{\"type\":\"response.content_part.done\",\"output_index\":0,"
                                + "\"content_index\":0,\"part\":{\"type\":\"output_text\","
                                + "\"text\":\"Hello\"}}",
                        "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":{"
                                + "\"type\":\"message\",\"content\":[{\"type\":\"output_text\","
                                + "\"text\":\"Hello\"}]}}");

        assertThat(
                        events.stream()
                                .filter(StreamEvent.PartGrew.class::isInstance)
                                .map(event -> ((StreamEvent.PartGrew) event).growth()))
                .containsExactly(new Growth.MoreText("Hel"), new Growth.MoreText("lo"));
        assertThat(names(events)).endsWith("PartEnded");
    }

    @Test
    void anErrorMayBeNestedOrNot() {
        for (String error :
                List.of(
                        "{\"type\":\"error\",\"error\":{\"code\":\"rate_limit_exceeded\","
                                + "\"message\":\"slow\"}}",
                        "{\"type\":\"error\",\"code\":\"rate_limit_exceeded\",\"message\":\"slow\"}",
                        "{\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":"
                            + "{\"code\":\"rate_limit_exceeded\",\"message\":\"slow\"}}}",
                        "{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"slow\"}}")) {
            List<StreamEvent> events =
                    read(error, "{\"type\":\"response.failed\",\"response\":{}}");

            ProviderFault fault = ((StreamEvent.Failed) events.getLast()).fault();
            assertThat(names(events)).as(error).containsExactly("Started", "Failed");
            assertThat(fault.message()).isEqualTo("slow");
            assertThat(((ProviderFault.InStreamError) fault).status()).isEqualTo(429);
        }
    }

    @Test
    void aStreamThatIsCutHasNoEnd() {
        List<StreamEvent> events =
                read(
                        "{\"type\":\"response.created\",\"response\":{\"id\":\"r\"}}",
                        "{\"type\":\"response.output_text.delta\",\"delta\":\"Hel\"}");

        assertThat(names(events)).containsExactly("Started", "PartStarted", "PartGrew");
    }

    @Test
    void whyItEndedFollowsFromWhatWasSaid() {
        String end = "{\"type\":\"response.completed\",\"response\":{\"status\":\"completed\"}}";

        assertThat(finish(read(end))).isEqualTo("STOP");
        assertThat(
                        finish(
                                read(
                                        "{\"type\":\"response.function_call_arguments.delta\","
                                                + "\"output_index\":0,\"delta\":\"{}\"}",
                                        end)))
                .isEqualTo("TOOL_CALLS");
        List<StreamEvent> refused =
                read("{\"type\":\"response.refusal.delta\",\"delta\":\"No\"}", end);
        assertThat(finish(refused)).isEqualTo("REFUSAL");
        assertThat(((StreamEvent.PartStarted) refused.get(1)).head()).isEqualTo(Refusal.of(""));
        assertThat(
                        finish(
                                read(
                                        "{\"type\":\"response.incomplete\",\"response\":{\"status\":"
                                            + "\"incomplete\",\"incomplete_details\":{\"reason\":"
                                            + "\"max_output_tokens\"}}}")))
                .isEqualTo("LENGTH");
    }

    private static String finish(List<StreamEvent> events) {
        return events.stream()
                .filter(StreamEvent.ChoiceEnded.class::isInstance)
                .map(event -> ((StreamEvent.ChoiceEnded) event).finish().reason().name())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void headsAreKnownWhenTheyStart() {
        List<StreamEvent> events =
                read(
                        "{\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":{"
                                + "\"type\":\"custom_tool_call\",\"call_id\":\"c\",\"name\":\"f\","
                                + "\"input\":\"\"}}",
                        "{\"type\":\"response.output_item.added\",\"output_index\":1,\"item\":{"
                                + "\"type\":\"message\",\"content\":[]}}",
                        "{\"type\":\"response.content_part.added\",\"output_index\":1,"
                                + "\"content_index\":0,\"part\":{\"type\":\"output_text\"}}");

        ToolCall call = (ToolCall) ((StreamEvent.PartStarted) events.get(1)).head();
        assertThat(call.custom()).isTrue();
        assertThat(call.name()).isEqualTo("f");
        assertThat(((StreamEvent.PartStarted) events.get(2)).head()).isEqualTo(Text.of(""));
    }
}
