package io.fairlead.protocol.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Foreign;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class ConverseStreamTest {
    private static final BedrockConverseProtocol PROTOCOL = new BedrockConverseProtocol();

    private static List<StreamEvent> read(StreamReader reader, String name, String payload) {
        return reader.read(Frame.of(name, payload)).events();
    }

    private static List<String> written(StreamEvent... events) {
        StreamWriter writer =
                PROTOCOL.streamWriter(new AnswerContext(ChatRequest.of("m"), "id", "m", 1));
        List<String> messages = new ArrayList<>();
        for (StreamEvent event : events) {
            for (Frame frame : writer.write(Batch.of(event))) {
                messages.add(frame.name() + " " + frame.text());
            }
        }
        return messages;
    }

    private static StreamEvent started() {
        return new StreamEvent.Started("", "", Optional.empty(), Beside.NONE);
    }

    private static StreamEvent start(int part, Part head) {
        return new StreamEvent.PartStarted(0, part, head, Beside.NONE);
    }

    private static StreamEvent grew(int part, Growth growth) {
        return new StreamEvent.PartGrew(0, part, growth, Beside.NONE);
    }

    private static StreamEvent end(int part) {
        return new StreamEvent.PartEnded(0, part, Beside.NONE);
    }

    @Test
    void theAnswerIsCompleteWithItsMetadata() {
        StreamReader reader = PROTOCOL.streamReader();
        assertThat(read(reader, "messageStart", "{\"role\":\"assistant\"}")).hasSize(1);
        assertThat(
                        read(
                                reader,
                                "contentBlockDelta",
                                "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"x\"}}"))
                .hasSize(2);
        assertThat(read(reader, "messageStop", "{\"stopReason\":\"end_turn\"}"))
                .as("the part ends even if that was not said")
                .hasSize(2);
        List<StreamEvent> last =
                read(
                        reader,
                        "metadata",
                        "{\"usage\":{\"inputTokens\":1,\"outputTokens\":2,\"totalTokens\":13,"
                                + "\"cacheReadInputTokens\":10}}");
        StreamEvent.UsageKnown usage = (StreamEvent.UsageKnown) last.getFirst();
        assertThat(usage.usage().counts()).isEqualTo(new Usage(11, 10, 0, 0, 0, 2, 0, 0, 0));
        assertThat(last.getLast()).isInstanceOf(StreamEvent.Ended.class);
        assertThat(reader.end().events()).isEmpty();
    }

    @Test
    void theAnswerIsCompleteWithoutMetadataWhenItHasStopped() {
        StreamReader reader = PROTOCOL.streamReader();
        read(reader, "messageStart", "{}");
        read(reader, "messageStop", "{\"stopReason\":\"max_tokens\"}");
        assertThat(reader.end().events()).hasOnlyElementsOfType(StreamEvent.Ended.class).hasSize(1);
    }

    @Test
    void aStreamThatBreaksOffIsNotComplete() {
        StreamReader reader = PROTOCOL.streamReader();
        read(reader, "messageStart", "{}");
        read(reader, "metadata", "{\"usage\":{}}");
        assertThat(reader.end().events()).isEmpty();
    }

    @Test
    void aCallPresentIsTheReason() {
        StreamReader reader = PROTOCOL.streamReader();
        read(reader, "messageStart", "{}");
        read(
                reader,
                "contentBlockStart",
                "{\"contentBlockIndex\":0,\"start\":{\"toolUse\":{\"toolUseId\":\"t\",\"name\":\"n\"}}}");
        read(reader, "contentBlockStop", "{\"contentBlockIndex\":0}");
        Batch stop = reader.read(Frame.of("messageStop", "{\"stopReason\":\"end_turn\"}"));
        StreamEvent.ChoiceEnded ended = (StreamEvent.ChoiceEnded) stop.events().getFirst();
        assertThat(ended.finish().reason()).isEqualTo(Finish.Reason.TOOL_CALLS);
        StreamWriter writer =
                PROTOCOL.streamWriter(new AnswerContext(ChatRequest.of("m"), "id", "m", 1));
        assertThat(writer.write(stop).getFirst().text()).isEqualTo("{\"stopReason\":\"end_turn\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "throttlingException, Throttled",
        "serviceUnavailableException, Overloaded",
        "internalServerException, ServerError",
        "modelStreamErrorException, ServerError",
        "modelTimeoutException, ServerError",
        "validationException, Rejected",
        "newException, InStreamError"
    })
    void exceptionsEndTheStream(String name, String fault) {
        StreamReader reader = PROTOCOL.streamReader();
        read(reader, "messageStart", "{}");
        String payload = "{\"message\":\"no\",\"originalStatusCode\":500}";
        Batch batch = reader.read(Frame.of(name, payload));
        StreamEvent.Failed failed = (StreamEvent.Failed) batch.events().getFirst();
        assertThat(failed.fault().getClass().getSimpleName()).isEqualTo(fault);
        assertThat(failed.fault().message()).isEqualTo("no");
        assertThat(reader.end().events()).isEmpty();
        assertThat(written(failed)).containsExactly(name + " " + payload);
    }

    @Test
    void faultsOfOthersBecomeExceptions() {
        ProviderFault fault = new ProviderFault.Overloaded(529, Optional.empty(), "busy");
        assertThat(written(new StreamEvent.Failed(fault, Beside.NONE)))
                .containsExactly("serviceUnavailableException {\"message\":\"busy\"}");
        StreamWriter writer =
                PROTOCOL.streamWriter(new AnswerContext(ChatRequest.of("m"), "id", "m", 1));
        GatewayError error = GatewayError.of(ErrorCode.UPSTREAM_TIMEOUT, "late");
        assertThat(writer.fail(error).getFirst().name()).isEqualTo("modelTimeoutException");
        assertThat(writer.write(Batch.of(started()))).isEmpty();
    }

    @Test
    void refusesPayloadsThatAreNoObject() {
        for (String payload : List.of("", "[]", "1", "{")) {
            assertThatThrownBy(() -> read(PROTOCOL.streamReader(), "contentBlockDelta", payload))
                    .isInstanceOf(Unreadable.class);
        }
    }

    @Test
    void interleavedCallsKeepTheirBlocksAndEmptyArgumentsAreAnObject() {
        assertThat(
                        written(
                                started(),
                                new StreamEvent.UsageKnown(
                                        TokenUsage.of(new Usage(5, 2, 1, 0, 0, 0, 0, 0, 0)),
                                        Beside.NONE),
                                start(0, Text.of("")),
                                end(0),
                                start(1, ToolCall.of("a", "f", "")),
                                start(2, ToolCall.of("", "g", "")),
                                grew(1, new Growth.MoreArguments("{\"x\":")),
                                grew(2, new Growth.MoreArguments("")),
                                grew(1, new Growth.MoreArguments("1}")),
                                end(2),
                                end(1),
                                new StreamEvent.ChoiceEnded(
                                        0,
                                        Finish.of(Finish.Reason.TOOL_CALLS, "tool_calls"),
                                        Beside.NONE),
                                new StreamEvent.UsageKnown(
                                        TokenUsage.of(new Usage(5, 2, 1, 0, 0, 7, 0, 0, 0)),
                                        Beside.NONE),
                                new StreamEvent.Ended(Beside.NONE)))
                .containsExactly(
                        "messageStart {\"role\":\"assistant\"}",
                        "contentBlockStart"
                                + " {\"start\":{\"toolUse\":{\"toolUseId\":\"a\",\"name\":\"f\"}},"
                                + "\"contentBlockIndex\":0}",
                        "contentBlockStart {\"start\":{\"toolUse\":{\"toolUseId\":\"tooluse_id1\","
                                + "\"name\":\"g\"}},\"contentBlockIndex\":1}",
                        "contentBlockDelta {\"delta\":{\"toolUse\":{\"input\":\"{\\\"x\\\":\"}},"
                                + "\"contentBlockIndex\":0}",
                        "contentBlockDelta {\"delta\":{\"toolUse\":{\"input\":\"\"}},"
                                + "\"contentBlockIndex\":1}",
                        "contentBlockDelta {\"delta\":{\"toolUse\":{\"input\":\"1}\"}},"
                                + "\"contentBlockIndex\":0}",
                        "contentBlockDelta {\"delta\":{\"toolUse\":{\"input\":\"{}\"}},"
                                + "\"contentBlockIndex\":1}",
                        "contentBlockStop {\"contentBlockIndex\":1}",
                        "contentBlockStop {\"contentBlockIndex\":0}",
                        "messageStop {\"stopReason\":\"tool_use\"}",
                        "metadata"
                            + " {\"usage\":{\"inputTokens\":2,\"outputTokens\":7,\"totalTokens\":12,"
                            + "\"cacheReadInputTokens\":2,\"cacheWriteInputTokens\":1},"
                            + "\"metrics\":{\"latencyMs\":0}}");
    }

    @Test
    void onlySealsOfClaudeReachTheWire() {
        Reasoning head = new Reasoning(List.of(), List.of(), Marks.NONE);
        Seal redacted = new Seal(Seal.Kind.REDACTED, Seal.ANTHROPIC, "r", Optional.empty());
        assertThat(
                        written(
                                start(0, head),
                                grew(0, new Growth.MoreReasoning("a", true, 0)),
                                grew(0, new Growth.MoreReasoning("b", true, 1)),
                                grew(0, new Growth.Sealed(Seal.signature(Seal.GOOGLE, "g"))),
                                grew(0, new Growth.Sealed(Seal.signature(Seal.ANTHROPIC, "s"))),
                                end(0),
                                start(
                                        1,
                                        head.withMarks(
                                                Marks.of(Optional.of(redacted), Beside.NONE))),
                                end(1)))
                .containsExactly(
                        "contentBlockDelta {\"delta\":{\"reasoningContent\":{\"text\":\"a\"}},"
                                + "\"contentBlockIndex\":0}",
                        "contentBlockDelta"
                                + " {\"delta\":{\"reasoningContent\":{\"text\":\"\\n\\nb\"}},"
                                + "\"contentBlockIndex\":0}",
                        "contentBlockDelta {\"delta\":{\"reasoningContent\":{\"signature\":\"s\"}},"
                                + "\"contentBlockIndex\":0}",
                        "contentBlockStop {\"contentBlockIndex\":0}",
                        "contentBlockDelta"
                                + " {\"delta\":{\"reasoningContent\":{\"redactedContent\":\"r\"}},"
                                + "\"contentBlockIndex\":1}",
                        "contentBlockStop {\"contentBlockIndex\":1}");
    }

    @Test
    void toolsThatRanAtBedrockAreNoCallsOfTheClient() {
        StreamReader reader = PROTOCOL.streamReader();
        read(reader, "messageStart", "{}");
        List<StreamEvent> events =
                read(
                        reader,
                        "contentBlockStart",
                        "{\"contentBlockIndex\":0,\"start\":{\"toolUse\":{\"toolUseId\":\"t\","
                                + "\"name\":\"n\",\"type\":\"server_tool_use\"}}}");
        Part head = ((StreamEvent.PartStarted) events.getFirst()).head();
        assertThat(head).isInstanceOf(Foreign.class);
    }

    @Test
    void messagesNobodyKnowsGoOnAsTheyWere() {
        StreamReader reader = PROTOCOL.streamReader();
        read(reader, "messageStart", "{}");
        for (String[] message :
                new String[][] {
                    {"newEvent", "{\"a\":1}"},
                    {"contentBlockStart", "{\"contentBlockIndex\":0,\"start\":{},\"p\":\"x\"}"},
                    {"contentBlockDelta", "{\"contentBlockIndex\":3,\"delta\":{}}"},
                    {"metadata", "{\"metrics\":{\"latencyMs\":1}}"}
                }) {
            Batch batch = reader.read(Frame.of(message[0], message[1]));
            StreamEvent event = batch.events().getFirst();
            assertThat(event).isInstanceOf(StreamEvent.Other.class);
            assertThat(written(event)).containsExactly(message[0] + " " + message[1]);
        }
    }
}
