package io.fairlead.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What comes back the same was also understood: it does not just stand beside. */
class UnderstoodTest {
    private final OpenAiResponsesProtocol protocol = new OpenAiResponsesProtocol();

    static List<Exchange> requests() {
        return RoundTripTest.requests();
    }

    static List<Exchange> streams() {
        return RoundTripTest.streams();
    }

    static List<Exchange> answers() {
        return RoundTripTest.answers();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void nothingThatHasAWordStandsBesideARequest(Exchange exchange) {
        ChatRequest request =
                protocol.readRequest(WireRequest.of(exchange.request().orElseThrow()));

        Map<String, Json> rest = new TreeMap<>(request.beside().members());
        rest.values().removeIf(Json::isNull);
        assertThat(rest)
                .doesNotContainKeys(
                        "model",
                        "input",
                        "tools",
                        "stream",
                        "max_output_tokens",
                        "temperature",
                        "store",
                        "previous_response_id",
                        "parallel_tool_calls",
                        "prompt_cache_key");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void nothingThatHasAWordStandsBesideAnAnswer(Exchange exchange) {
        ChatAnswer answer = protocol.readAnswer(exchange.answer().orElseThrow());

        assertThat(answer.beside().members())
                .doesNotContainKeys("id", "model", "created_at", "output");
        answer.choices().getFirst().parts().forEach(UnderstoodTest::understood);
    }

    private static void understood(Part part) {
        assertThat(part.marks().beside().members())
                .doesNotContainKeys("text", "arguments", "name", "call_id", "summary", "content");
    }

    /** The events alone, gathered, are what the last message repeats. */
    @ParameterizedTest
    @MethodSource("streams")
    void eventsTellWhatTheLastMessageRepeats(Exchange exchange) {
        StreamReader reader = protocol.streamReader();
        Map<Integer, Part> heads = new TreeMap<>();
        Map<Integer, StringBuilder> texts = new TreeMap<>();
        Json last = Json.EMPTY_OBJECT;
        for (Frame frame : exchange.frames()) {
            Batch batch = reader.read(frame);
            if (!hosted(frame)) {
                notBeside(batch.beside());
            }
            for (StreamEvent event : batch.events()) {
                if (event instanceof StreamEvent.PartStarted started) {
                    heads.put(started.part(), started.head());
                    texts.put(started.part(), new StringBuilder());
                } else if (event instanceof StreamEvent.PartGrew grew) {
                    requireNonNull(texts.get(grew.part())).append(said(grew.growth()));
                }
            }
            if (!frame.isDone()) {
                last = Json.parse(frame.data()).get("response").orElse(last);
            }
        }
        if (last.get("status").filter(status -> status.is("completed")).isEmpty()) {
            return;
        }
        List<String> told = new ArrayList<>();
        heads.forEach((number, head) ->
                told.add(words(head, requireNonNull(texts.get(number)).toString())));
        List<String> repeated = new ArrayList<>();
        for (Part part : protocol.readAnswer(last).choices().getFirst().parts()) {
            repeated.add(words(part, text(part)));
        }
        // Where a stream goes on from its middle (retrieval), the beginning was told before.
        if (exchange.api().equals("responses")) {
            assertThat(told).containsExactlyInAnyOrderElementsOf(repeated);
        }
    }

    /** Tools that run at the provider have events of their own, which no other protocol knows. */
    private static boolean hosted(Frame frame) {
        return frame.text().contains("_call_code.") || frame.text().contains("mcp_call_arguments");
    }

    private static void notBeside(Beside beside) {
        assertThat(beside.members())
                .doesNotContainKeys("delta", "text", "arguments", "input", "refusal");
    }

    private static String said(Growth growth) {
        return switch (growth) {
            case Growth.MoreText(String text) -> text;
            case Growth.MoreArguments(String text) -> text;
            case Growth.MoreReasoning reasoning -> reasoning.text();
            case Growth.Cited ignored -> "";
            case Growth.Sealed ignored -> "";
            case Growth.MoreMedia ignored -> "";
            case Growth.MoreForeign ignored -> "";
        };
    }

    private static String words(Part head, String text) {
        return switch (head) {
            case ToolCall call -> "call " + call.name() + " " + call.id() + " " + text;
            case Foreign foreign -> foreign.type();
            default -> head.getClass().getSimpleName() + " " + text;
        };
    }

    private static String text(Part part) {
        return switch (part) {
            case Text text -> text.text();
            case ToolCall call -> call.arguments();
            case Reasoning reasoning ->
                    String.join("", reasoning.summary()) + String.join("", reasoning.content());
            default -> "";
        };
    }
}
