package io.fairlead.protocol.responses;

import static io.fairlead.protocol.responses.Said.arguments;
import static io.fairlead.protocol.responses.Said.begun;
import static io.fairlead.protocol.responses.Said.ended;
import static io.fairlead.protocol.responses.Said.finished;
import static io.fairlead.protocol.responses.Said.grew;
import static io.fairlead.protocol.responses.Said.over;
import static io.fairlead.protocol.responses.Said.started;
import static io.fairlead.protocol.responses.Said.text;
import static io.fairlead.protocol.responses.Said.types;
import static io.fairlead.protocol.responses.Said.used;
import static io.fairlead.protocol.responses.Said.written;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Finish.Reason;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Streams of other protocols, as clients of this one see them. */
class StreamWritingTest {
    @Test
    void aTextHasItsEventsInOrder() {
        List<Json> messages =
                written(
                        started(),
                        begun(0, Text.of("")),
                        text(0, "Hel"),
                        text(0, "lo"),
                        ended(0),
                        finished(Reason.STOP),
                        used(3, 2),
                        over());

        assertThat(types(messages))
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        valid(messages);
        Json response = messages.getLast().get("response").orElseThrow();
        assertThat(response.get("id").orElseThrow().text()).isEqualTo("resp_0123abcd");
        assertThat(response.get("model").orElseThrow().text()).isEqualTo("told");
        assertThat(response.get("usage").orElseThrow().get("total_tokens").orElseThrow().whole())
                .isEqualTo(5);
        assertThat(response.get("output").orElseThrow().toString()).contains("\"Hello\"");
    }

    @Test
    void numbersOfMessagesAreConsecutive() {
        List<Json> messages =
                written(started(), begun(0, Text.of("x")), ended(0), finished(Reason.STOP), over());

        for (int i = 0; i < messages.size(); i++) {
            assertThat(messages.get(i).get("sequence_number").orElseThrow().whole()).isEqualTo(i);
        }
    }

    @Test
    void parallelCallsMayBeInterleaved() {
        List<Json> messages =
                written(
                        started(),
                        begun(0, ToolCall.of("a", "one", "")),
                        begun(1, ToolCall.of("b", "two", "")),
                        arguments(0, "{\"x\":"),
                        arguments(1, "{}"),
                        arguments(0, "1}"),
                        ended(1),
                        ended(0),
                        finished(Reason.TOOL_CALLS),
                        over());

        valid(messages);
        List<Json> output =
                messages.getLast()
                        .get("response")
                        .orElseThrow()
                        .get("output")
                        .orElseThrow()
                        .elements();
        assertThat(output.get(0).get("arguments").orElseThrow().text()).isEqualTo("{\"x\":1}");
        assertThat(output.get(0).get("call_id").orElseThrow().text()).isEqualTo("a");
        assertThat(output.get(1).get("arguments").orElseThrow().text()).isEqualTo("{}");
    }

    @Test
    void absentArgumentsAreAnEmptyObjectBeforeTheCallIsDone() {
        List<Json> messages =
                written(
                        started(),
                        begun(0, ToolCall.of("a", "one", "")),
                        ended(0),
                        finished(Reason.TOOL_CALLS),
                        over());

        assertThat(types(messages))
                .containsSubsequence(
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done");
        assertThat(messages.get(3).get("delta").orElseThrow().text()).isEqualTo("{}");
    }

    @Test
    void aMessageEndsBeforeTheItemBehindItBegins() {
        List<Json> messages =
                written(
                        started(),
                        begun(0, Text.of("I look.")),
                        ended(0),
                        begun(1, ToolCall.of("a", "one", "{}")),
                        ended(1),
                        over());

        List<Long> items =
                messages.stream()
                        .filter(m -> m.get("item").isPresent())
                        .map(m -> m.get("output_index").orElseThrow().whole())
                        .toList();
        assertThat(items).containsExactly(0L, 0L, 1L, 1L);
        valid(messages);
    }

    @Test
    void thoughtsAreASummaryAndTheirSealComesBackWithTheTextItVouchesFor() {
        Seal seal = Seal.signature(Seal.ANTHROPIC, "c2ln");
        List<Json> messages =
                written(
                        started(),
                        begun(0, new Reasoning(List.of(), List.of(), Marks.NONE)),
                        grew(0, new Growth.MoreReasoning("Let me ", false, 0)),
                        grew(0, new Growth.MoreReasoning("see.", false, 0)),
                        grew(0, new Growth.Sealed(seal)),
                        ended(0),
                        begun(1, Text.of("Yes.")),
                        ended(1),
                        finished(Reason.STOP),
                        over());

        valid(messages);
        assertThat(types(messages))
                .containsSubsequence(
                        "response.reasoning_summary_part.added",
                        "response.reasoning_summary_text.delta",
                        "response.reasoning_summary_text.delta",
                        "response.reasoning_summary_text.done",
                        "response.reasoning_summary_part.done",
                        "response.output_item.done");
        Json item =
                messages.getLast()
                        .get("response")
                        .orElseThrow()
                        .get("output")
                        .orElseThrow()
                        .elements()
                        .getFirst();
        assertThat(SealingTest.back(item))
                .isEqualTo(
                        new Reasoning(
                                List.of("Let me see."),
                                List.of(),
                                Marks.NONE.withSeal(Optional.of(seal))));
    }

    @Test
    void refusalsAndSourcesHaveEventsOfTheirOwn() {
        Citation citation =
                new Citation(
                        Citation.Kind.WEB,
                        Optional.of("https://example.com/"),
                        Optional.of("Example"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(0L),
                        Optional.of(2L),
                        io.fairlead.protocol.model.Beside.NONE);
        List<Json> messages =
                written(
                        started(),
                        begun(0, Text.of("")),
                        text(0, "So"),
                        grew(0, new Growth.Cited(citation)),
                        ended(0),
                        begun(1, Refusal.of("")),
                        text(1, "No."),
                        ended(1),
                        finished(Reason.REFUSAL),
                        over());

        valid(messages);
        assertThat(types(messages))
                .contains(
                        "response.output_text.annotation.added",
                        "response.refusal.delta",
                        "response.refusal.done");
    }

    @Test
    void whatHasTheLimitOfTokensIsIncomplete() {
        List<Json> messages =
                written(
                        started(),
                        begun(0, Text.of("x")),
                        finished(Reason.LENGTH),
                        used(1, 1),
                        over());

        valid(messages);
        Json response = messages.getLast().get("response").orElseThrow();
        assertThat(types(messages).getLast()).isEqualTo("response.incomplete");
        assertThat(response.get("incomplete_details").orElseThrow())
                .isEqualTo(Json.parse("{\"reason\":\"max_output_tokens\"}"));
    }

    @Test
    void aFaultIsAnErrorAndAFailedResponse() {
        StreamWriter writer = new OpenAiResponsesProtocol().streamWriter(Said.CONTEXT);
        writer.write(Batch.of(started(), begun(0, Text.of("x"))));
        List<Json> messages =
                writer.fail(GatewayError.of(ErrorCode.UPSTREAM_ERROR, "It broke off.")).stream()
                        .map(frame -> Json.parse(frame.data()))
                        .toList();

        valid(messages);
        assertThat(types(messages)).containsExactly("error", "response.failed");
        assertThat(writer.write(Batch.of(over()))).isEmpty();
    }

    @Test
    void anyOrderOfEventsMakesAValidStream() {
        for (int seed = 0; seed < 60; seed++) {
            List<StreamEvent> events = random(new Random(seed));
            List<Json> messages = written(Said.CONTEXT, events);
            assertThat(types(messages).getLast()).as("seed %d", seed).startsWith("response.");
            valid(messages);
            itemsAreWhole(messages, seed);
        }
    }

    private static void itemsAreWhole(List<Json> messages, int seed) {
        long added = types(messages).stream().filter(t -> t.endsWith("item.added")).count();
        long done = types(messages).stream().filter(t -> t.endsWith("item.done")).count();
        long output =
                messages.getLast()
                        .get("response")
                        .orElseThrow()
                        .get("output")
                        .orElseThrow()
                        .elements()
                        .size();
        assertThat(List.of(done, output)).as("seed %d", seed).containsOnly(added);
    }

    /** Parts of all kinds, overlapping as they like. */
    private static List<StreamEvent> random(Random random) {
        List<StreamEvent> events = new ArrayList<>();
        events.add(started());
        List<Integer> open = new ArrayList<>();
        List<Integer> kinds = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int what = random.nextInt(5);
            if (what == 0 && kinds.size() < 6) {
                int kind = random.nextInt(4);
                events.add(begun(kinds.size(), head(kind, kinds.size())));
                open.add(kinds.size());
                kinds.add(kind);
            } else if (what == 1 && !open.isEmpty()) {
                int index = random.nextInt(open.size());
                Integer part = open.get(index);
                open.removeIf(part::equals);
                events.add(ended(part));
            } else if (what == 2) {
                events.add(used(i, i));
            } else if (!open.isEmpty()) {
                int part = open.get(random.nextInt(open.size()));
                events.add(grew(part, growth(kinds.get(part), random)));
            }
        }
        open.forEach(part -> events.add(ended(part)));
        events.add(finished(Reason.values()[random.nextInt(Reason.values().length)]));
        events.add(over());
        return events;
    }

    private static io.fairlead.protocol.model.Part head(int kind, int number) {
        return switch (kind) {
            case 0 -> Text.of("");
            case 1 -> ToolCall.of("call" + number, "tool", "");
            case 2 -> new Reasoning(List.of(), List.of(), Marks.NONE);
            default -> new ToolCall("call" + number, "free", "", true, Marks.NONE);
        };
    }

    private static Growth growth(int kind, Random random) {
        String text = "x".repeat(random.nextInt(3));
        return switch (kind) {
            case 0 ->
                    random.nextInt(6) == 0
                            ? new Growth.Sealed(Seal.signature(Seal.GOOGLE, "cw"))
                            : new Growth.MoreText(text);
            case 2 -> new Growth.MoreReasoning(text, random.nextBoolean(), random.nextInt(2));
            default -> new Growth.MoreArguments(text);
        };
    }

    private static void valid(List<Json> messages) {
        OpenAiSchema schema = OpenAiSchema.of("ResponseStreamEvent");
        messages.forEach(schema::allows);
    }
}
