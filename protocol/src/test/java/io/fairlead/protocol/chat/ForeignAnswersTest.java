package io.fairlead.protocol.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What other protocols said, as clients of chat completions see it. */
class ForeignAnswersTest {
    private static final OpenAiChatProtocol CHAT = new OpenAiChatProtocol();
    private static final TokenUsage USAGE =
            TokenUsage.of(new Usage(100, 40, 10, 0, 0, 30, 20, 0, 0));

    private static AnswerContext context(String request) {
        ChatRequest read = CHAT.readRequest(WireRequest.of(Json.parse(request)));
        return new AnswerContext(read, "abc", "claude", 1_700_000_000);
    }

    private static AnswerContext context() {
        return context(
                "{\"model\":\"claude\",\"messages\":[],\"stream\":true,"
                        + "\"stream_options\":{\"include_usage\":true}}");
    }

    private static Part sealed() {
        Seal seal = Seal.signature(Seal.ANTHROPIC, "c2ln");
        return Reasoning.of("Let me see.").withMarks(Marks.of(Optional.of(seal), Beside.NONE));
    }

    private static Json at(Json value, String... path) {
        Json now = value;
        for (String step : path) {
            now =
                    now.isArray()
                            ? now.elements().get(Integer.parseInt(step))
                            : now.get(step).orElseThrow(() -> new AssertionError(step + " is not"));
        }
        return now;
    }

    @Test
    void tellsThoughtsCallsAndUsageOfAWholeAnswer() {
        ChatAnswer answer =
                ChatAnswer.of(
                        "",
                        "",
                        USAGE,
                        Choice.of(
                                Finish.of(Finish.Reason.STOP, "end_turn"),
                                sealed(),
                                ToolCall.of("toolu_1", "now", ""),
                                ToolCall.of("", "then", "{\"a\":1}")));
        Json body = Json.parse(CHAT.writeAnswer(answer, context()));
        assertThat(Schemas.problems("CreateChatCompletionResponse", body)).isEmpty();
        Json message = at(body, "choices", "0", "message");
        assertThat(at(message, "content").isNull()).isTrue();
        assertThat(at(message, "reasoning_content").text()).isEqualTo("Let me see.");
        assertThat(at(message, "reasoning_details", "0"))
                .isEqualTo(
                        Json.parse(
                                "{\"type\":\"reasoning.text\",\"text\":\"Let me see.\","
                                        + "\"signature\":\"c2ln\",\"index\":0,"
                                        + "\"format\":\"anthropic-claude-v1\"}"));
        assertThat(at(message, "tool_calls", "0", "function", "arguments").text()).isEqualTo("{}");
        assertThat(at(message, "tool_calls", "1", "id").text()).isEqualTo("call_abc_0_1");
        assertThat(at(body, "choices", "0", "finish_reason").text()).isEqualTo("tool_calls");
        assertThat(at(body, "usage", "prompt_tokens").whole()).isEqualTo(100);
        assertThat(at(body, "usage", "completion_tokens").whole()).isEqualTo(30);
        assertThat(at(body, "usage", "total_tokens").whole()).isEqualTo(130);
        assertThat(at(body, "usage", "prompt_tokens_details", "cached_tokens").whole())
                .isEqualTo(40);
        assertThat(at(body, "usage", "completion_tokens_details", "reasoning_tokens").whole())
                .isEqualTo(20);
    }

    @Test
    void understandsItsOwnReasoningDetailsWhenTheyComeBack() {
        ChatAnswer answer =
                ChatAnswer.of(
                        "",
                        "",
                        USAGE,
                        Choice.of(
                                Finish.of(Finish.Reason.TOOL_CALLS, ""),
                                sealed(),
                                ToolCall.of("toolu_1", "now", "{}")));
        Json body = Json.parse(CHAT.writeAnswer(answer, context()));
        String message = at(body, "choices", "0", "message").toString();
        ChatRequest next =
                CHAT.readRequest(
                        WireRequest.of(
                                Json.parse("{\"model\":\"m\",\"messages\":[" + message + "]}")));
        Part first = next.turns().getFirst().parts().getFirst();
        assertThat(first).isInstanceOf(Reasoning.class);
        assertThat(((Reasoning) first).text()).isEqualTo("Let me see.");
        assertThat(first.marks().seal()).contains(Seal.signature(Seal.ANTHROPIC, "c2ln"));
        assertThat(next.turns().getFirst().parts()).hasSize(2);
    }

    @Test
    void putsGooglesSignatureBackOnItsCall() {
        Seal seal = Seal.signature(Seal.GOOGLE, "Z29v");
        ToolCall call =
                ToolCall.of("call_9", "now", "{}")
                        .withMarks(Marks.of(Optional.of(seal), Beside.NONE));
        ChatAnswer answer =
                ChatAnswer.of(
                        "", "", USAGE, Choice.of(Finish.of(Finish.Reason.TOOL_CALLS, ""), call));
        String message =
                at(Json.parse(CHAT.writeAnswer(answer, context())), "choices", "0", "message")
                        .toString();
        ChatRequest next =
                CHAT.readRequest(
                        WireRequest.of(
                                Json.parse("{\"model\":\"m\",\"messages\":[" + message + "]}")));
        assertThat(next.turns().getFirst().parts()).singleElement().isInstanceOf(ToolCall.class);
        assertThat(next.turns().getFirst().parts().getFirst().marks().seal()).contains(seal);
    }

    @Test
    void writesInterleavedCallsWithNumbersOfTheirOwnAndUsageLast() {
        StreamWriter writer = CHAT.streamWriter(context());
        List<Frame> frames = new ArrayList<>();
        frames.addAll(
                writer.write(
                        Batch.of(
                                new StreamEvent.Started("", "", Optional.empty(), Beside.NONE),
                                started(0, sealed().withMarks(Marks.NONE)),
                                grew(0, new Growth.MoreReasoning(" Hm.", false, 0)),
                                grew(0, new Growth.Sealed(Seal.signature("anthropic", "c2ln"))),
                                ended(0))));
        frames.addAll(
                writer.write(
                        Batch.of(
                                new StreamEvent.UsageKnown(USAGE, Beside.NONE),
                                started(1, Text.of("")),
                                grew(1, new Growth.MoreText("Now")),
                                ended(1),
                                started(2, ToolCall.of("a", "one", "")),
                                started(3, ToolCall.of("b", "two", "")),
                                grew(3, new Growth.MoreArguments("{\"x\":")),
                                ended(2),
                                grew(3, new Growth.MoreArguments("1}")),
                                ended(3),
                                new StreamEvent.ChoiceEnded(
                                        0, Finish.of(Finish.Reason.STOP, "STOP"), Beside.NONE),
                                new StreamEvent.Ended(Beside.NONE))));
        assertThat(frames.getLast().isDone()).isTrue();
        StringBuilder[] arguments = {new StringBuilder(), new StringBuilder()};
        List<Json> chunks = new ArrayList<>();
        for (Frame frame : frames.subList(0, frames.size() - 1)) {
            Json chunk = Json.parse(frame.data());
            assertThat(Schemas.problems("CreateChatCompletionStreamResponse", chunk)).isEmpty();
            chunks.add(chunk);
        }
        for (Json chunk : chunks.subList(0, chunks.size() - 1)) {
            Json delta = at(chunk, "choices", "0", "delta");
            for (Json call : delta.get("tool_calls").orElse(Json.EMPTY_ARRAY).elements()) {
                arguments[(int) at(call, "index").whole()].append(
                        at(call, "function", "arguments").text());
            }
        }
        assertThat(at(chunks.getFirst(), "choices", "0", "delta", "role").text())
                .isEqualTo("assistant");
        assertThat(arguments[0].toString()).isEqualTo("{}");
        assertThat(arguments[1].toString()).isEqualTo("{\"x\":1}");
        Json finish = at(chunks.get(chunks.size() - 2), "choices", "0");
        assertThat(at(finish, "finish_reason").text()).isEqualTo("tool_calls");
        assertThat(at(finish, "delta").isEmpty()).isTrue();
        assertThat(at(chunks.getLast(), "choices").isEmpty()).isTrue();
        assertThat(at(chunks.getLast(), "usage", "total_tokens").whole()).isEqualTo(130);
        assertThat(frames.stream().map(Frame::text).filter(text -> text.contains("c2ln")))
                .singleElement()
                .asString()
                .contains("Let me see. Hm.");
    }

    @Test
    void tellsNoUsageToThoseWhoDidNotAsk() {
        StreamWriter writer =
                CHAT.streamWriter(context("{\"model\":\"m\",\"messages\":[],\"stream\":true}"));
        List<Frame> frames =
                writer.write(
                        Batch.of(
                                new StreamEvent.Started("", "", Optional.empty(), Beside.NONE),
                                new StreamEvent.UsageKnown(USAGE, Beside.NONE),
                                new StreamEvent.Ended(Beside.NONE)));
        assertThat(frames).noneMatch(frame -> frame.text().contains("usage"));
    }

    @Test
    void endsABrokenStreamWithAnErrorAndNothingElse() {
        StreamWriter writer = CHAT.streamWriter(context());
        List<Frame> frames = writer.fail(GatewayError.of(ErrorCode.UPSTREAM_ERROR, "It broke."));
        assertThat(frames).hasSize(1);
        Json event = Json.parse(frames.getFirst().data());
        assertThat(at(event, "error", "message").text()).isEqualTo("It broke.");
    }

    @Test
    void tellsFunctionsToThoseWhoDeclaredFunctions() {
        AnswerContext old =
                context("{\"model\":\"m\",\"messages\":[],\"functions\":[{\"name\":\"now\"}]}");
        ChatAnswer answer =
                ChatAnswer.of(
                        "",
                        "",
                        USAGE,
                        Choice.of(
                                Finish.of(Finish.Reason.TOOL_CALLS, "tool_use"),
                                ToolCall.of("toolu_1", "now", "{}")));
        Json body = Json.parse(CHAT.writeAnswer(answer, old));
        assertThat(at(body, "choices", "0", "message", "function_call", "name").text())
                .isEqualTo("now");
        assertThat(at(body, "choices", "0", "finish_reason").text()).isEqualTo("function_call");
    }

    private static StreamEvent started(int part, Part head) {
        return new StreamEvent.PartStarted(0, part, head, Beside.NONE);
    }

    private static StreamEvent grew(int part, Growth growth) {
        return new StreamEvent.PartGrew(0, part, growth, Beside.NONE);
    }

    private static StreamEvent ended(int part) {
        return new StreamEvent.PartEnded(0, part, Beside.NONE);
    }
}
