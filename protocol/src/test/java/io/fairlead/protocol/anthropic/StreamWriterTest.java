package io.fairlead.protocol.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** What Anthropic's clients see of streams of other protocols. */
class StreamWriterTest {
    private static final StreamEvent STARTED =
            new StreamEvent.Started("", "gpt", Optional.empty(), Beside.NONE);
    private static final StreamEvent ENDED = new StreamEvent.Ended(Beside.NONE);

    private static StreamEvent started(int part, Part head) {
        return new StreamEvent.PartStarted(0, part, head, Beside.NONE);
    }

    private static StreamEvent grew(int part, Growth growth) {
        return new StreamEvent.PartGrew(0, part, growth, Beside.NONE);
    }

    private static StreamEvent text(int part, String text) {
        return grew(part, new Growth.MoreText(text));
    }

    private static StreamEvent arguments(int part, String text) {
        return grew(part, new Growth.MoreArguments(text));
    }

    private static StreamEvent ended(int part) {
        return new StreamEvent.PartEnded(0, part, Beside.NONE);
    }

    private static StreamEvent finish(Finish.Reason reason) {
        return new StreamEvent.ChoiceEnded(0, Finish.of(reason, "whatever"), Beside.NONE);
    }

    private static StreamEvent usage(Usage usage) {
        return new StreamEvent.UsageKnown(TokenUsage.of(usage), Beside.NONE);
    }

    @Test
    void writesTextInTheOrderOfAnthropic() {
        assertThat(
                        Wire.stream(
                                STARTED,
                                started(0, Text.of("")),
                                text(0, ""),
                                text(0, "Hel"),
                                text(0, "lo"),
                                ended(0),
                                finish(Finish.Reason.STOP),
                                usage(Usage.of(7, 2)),
                                ENDED))
                .containsExactly(
                        "message_start",
                        "content_block_start 0 text ",
                        "content_block_delta 0 text_delta Hel",
                        "content_block_delta 0 text_delta lo",
                        "content_block_stop 0",
                        "message_delta end_turn",
                        "message_stop");
    }

    @Test
    void writesParallelCallsOneAfterTheOther() {
        assertThat(
                        Wire.stream(
                                STARTED,
                                started(0, ToolCall.of("a", "f", "")),
                                started(1, ToolCall.of("b", "g", "")),
                                arguments(1, "{\"x\""),
                                arguments(0, "{}"),
                                started(2, ToolCall.of("c", "h", "")),
                                ended(1 + 1),
                                arguments(1, ":1}"),
                                ended(0),
                                ended(1),
                                finish(Finish.Reason.STOP),
                                ENDED))
                .containsExactly(
                        "message_start",
                        "content_block_start 0 tool_use a f {} {'type':'direct'}",
                        "content_block_delta 0 input_json_delta {}",
                        "content_block_stop 0",
                        "content_block_start 1 tool_use b g {} {'type':'direct'}",
                        "content_block_delta 1 input_json_delta {'x'",
                        "content_block_delta 1 input_json_delta :1}",
                        "content_block_stop 1",
                        "content_block_start 2 tool_use c h {} {'type':'direct'}",
                        "content_block_delta 2 input_json_delta {}",
                        "content_block_stop 2",
                        "message_delta tool_use",
                        "message_stop");
    }

    @Test
    void endsPartsThatTheStreamLeftOpen() {
        assertThat(
                        Wire.stream(
                                STARTED,
                                started(0, Text.of("")),
                                text(0, "x"),
                                started(1, ToolCall.of("a", "f", "")),
                                ENDED))
                .endsWith("content_block_stop 1", "message_delta tool_use", "message_stop");
    }

    @Test
    void leavesOutTextThatNeverComes() {
        assertThat(Wire.stream(STARTED, started(0, Text.of("")), ended(0), ENDED))
                .containsExactly("message_start", "message_delta end_turn", "message_stop");
    }

    @Test
    void givesThoughtsWithoutSealAnEmptySignature() {
        assertThat(
                        Wire.stream(
                                STARTED,
                                started(0, new Reasoning(List.of(), List.of(), Marks.NONE)),
                                grew(0, new Growth.MoreReasoning("Hm", true, 0)),
                                grew(0, new Growth.MoreReasoning("So", true, 1)),
                                ended(0),
                                ENDED))
                .startsWith(
                        "message_start",
                        "content_block_start 0 thinking  ",
                        "content_block_delta 0 thinking_delta Hm",
                        "content_block_delta 0 thinking_delta \n\n",
                        "content_block_delta 0 thinking_delta So",
                        "content_block_stop 0");
    }

    @Test
    void sendsAnthropicsSignatureLast() {
        Seal seal = Seal.signature(Seal.ANTHROPIC, "c2ln");
        assertThat(
                        Wire.stream(
                                STARTED,
                                started(0, new Reasoning(List.of(), List.of(), Marks.NONE)),
                                grew(0, new Growth.Sealed(seal)),
                                grew(0, new Growth.MoreReasoning("Hm", false, 0)),
                                ended(0)))
                .endsWith(
                        "content_block_delta 0 thinking_delta Hm",
                        "content_block_delta 0 signature_delta c2ln",
                        "content_block_stop 0");
    }

    @Test
    void writesRedactedThoughtsThatShowOnlyAtTheirEnd() {
        Seal seal = new Seal(Seal.Kind.REDACTED, Seal.ANTHROPIC, "ZGF0YQ", Optional.empty());
        assertThat(
                        Wire.stream(
                                STARTED,
                                started(0, new Reasoning(List.of(), List.of(), Marks.NONE)),
                                grew(0, new Growth.Sealed(seal)),
                                ended(0)))
                .containsExactly(
                        "message_start",
                        "content_block_start 0 redacted_thinking ZGF0YQ",
                        "content_block_stop 0");
    }

    @Test
    void tellsUsageAtTheEndWithoutWhatTheCacheGave() {
        StreamWriter writer = Wire.PROTOCOL.streamWriter(Wire.CONTEXT);
        writer.write(Batch.of(STARTED));
        writer.write(Batch.of(usage(new Usage(100, 60, 10, 0, 0, 20, 5, 0, 0))));
        writer.write(Batch.of(finish(Finish.Reason.LENGTH)));
        List<Frame> end = writer.write(Batch.of(ENDED));
        Json delta = Json.parse(end.getFirst().data());
        assertThat(delta.get("usage"))
                .contains(
                        Wire.json(
                                "{'input_tokens':30,'cache_creation_input_tokens':10,"
                                        + "'cache_read_input_tokens':60,'output_tokens':20,"
                                        + "'output_tokens_details':{'thinking_tokens':5},"
                                        + "'server_tool_use':null}"));
        assertThat(delta.get("delta").orElseThrow().get("stop_reason"))
                .contains(Json.of("max_tokens"));
    }

    @Test
    void startsWithAllMembersThatClientsExpect() {
        Frame start = Wire.PROTOCOL.streamWriter(Wire.CONTEXT).write(Batch.of(STARTED)).getFirst();
        Json message = Json.parse(start.data()).get("message").orElseThrow();
        assertThat(message.get("id")).contains(Json.of("msg_abc"));
        assertThat(message.get("model")).contains(Json.of("gpt"));
        assertThat(message.get("content")).contains(Json.EMPTY_ARRAY);
        assertThat(message.get("stop_sequence")).contains(Json.NULL);
        assertThat(message.get("usage").orElseThrow().get("output_tokens")).contains(Json.of(0));
    }

    @Test
    void callsADeclineRefusal() {
        assertThat(
                        Wire.stream(
                                STARTED,
                                started(0, Refusal.of("")),
                                text(0, "No."),
                                ended(0),
                                finish(Finish.Reason.STOP),
                                ENDED))
                .contains("content_block_delta 0 text_delta No.", "message_delta refusal");
    }

    @Test
    void endsWithTheErrorAndNothingAfterIt() {
        StreamWriter writer = Wire.PROTOCOL.streamWriter(Wire.CONTEXT);
        writer.write(Batch.of(STARTED));
        List<Frame> failed =
                writer.fail(GatewayError.of(ErrorCode.UPSTREAM_ERROR, "The provider broke off."));
        assertThat(failed).hasSize(1);
        assertThat(Wire.brief(failed.getFirst()))
                .isEqualTo("error api_error The provider broke off. upstream_error");
        assertThat(writer.write(Batch.of(ENDED))).isEmpty();
        assertThat(writer.fail(GatewayError.of(ErrorCode.INTERNAL, "again"))).isEmpty();
    }

    @Test
    void writesAFaultOfAnotherProvider() {
        StreamEvent failed =
                new StreamEvent.Failed(
                        new ProviderFault.InStreamError(500, Optional.empty(), "boom"),
                        Beside.NONE);
        assertThat(Wire.stream(STARTED, failed))
                .containsExactly("message_start", "error api_error boom");
    }
}
