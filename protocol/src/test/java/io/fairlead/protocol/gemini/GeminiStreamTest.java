package io.fairlead.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.ChoiceEnded;
import io.fairlead.protocol.model.StreamEvent.Ended;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.StreamEvent.PartEnded;
import io.fairlead.protocol.model.StreamEvent.PartGrew;
import io.fairlead.protocol.model.StreamEvent.PartStarted;
import io.fairlead.protocol.model.StreamEvent.Started;
import io.fairlead.protocol.model.StreamEvent.UsageKnown;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class GeminiStreamTest {
    private static final AnswerContext CONTEXT =
            new AnswerContext(ChatRequest.of("m"), "abc", "told", 1_700_000_000);

    private static List<StreamEvent> read(StreamReader reader, String... chunks) {
        List<StreamEvent> events = new ArrayList<>();
        for (String chunk : chunks) {
            events.addAll(reader.read(Frame.of("", chunk)).events());
        }
        events.addAll(reader.end().events());
        return events;
    }

    private static String parts(String parts, String more) {
        return "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":["
                + parts
                + "]},\"index\":0"
                + more
                + "}],\"responseId\":\"r-1\",\"modelVersion\":\"g\"}";
    }

    private static String arguments(List<StreamEvent> events, int part) {
        StringBuilder text = new StringBuilder();
        for (StreamEvent event : events) {
            if (event instanceof PartGrew grew
                    && grew.part() == part
                    && grew.growth() instanceof Growth.MoreArguments(String more)) {
                text.append(more);
            }
        }
        return text.toString();
    }

    @Test
    void textGoesOnUntilSomethingElseComes() {
        List<StreamEvent> events =
                read(
                        GeminiProtocol.AI_STUDIO.streamReader(),
                        parts("{\"text\":\"think\",\"thought\":true}", ""),
                        parts("{\"text\":\"a\"},{\"text\":\"b\"}", ""),
                        parts("{\"text\":\"c\",\"thoughtSignature\":\"s\"},{\"text\":\"d\"}", ""),
                        parts("{\"functionCall\":{\"name\":\"f\"}}", ",\"finishReason\":\"STOP\""));
        assertThat(events.stream().filter(PartStarted.class::isInstance)).hasSize(4);
        assertThat(events.stream().filter(PartEnded.class::isInstance)).hasSize(4);
        assertThat(events.stream().filter(Started.class::isInstance)).hasSize(1);
        assertThat(events.getLast()).isInstanceOf(Ended.class);
        ChoiceEnded end =
                (ChoiceEnded)
                        events.stream().filter(ChoiceEnded.class::isInstance).findFirst().get();
        assertThat(end.finish().reason()).isEqualTo(Finish.Reason.TOOL_CALLS);
        PartStarted call =
                (PartStarted)
                        events.stream()
                                .filter(e -> e instanceof PartStarted s && s.part() == 3)
                                .findFirst()
                                .get();
        assertThat(((ToolCall) call.head()).id()).isEqualTo("call_r-1_0");
    }

    @Test
    void argumentsInPiecesAreOneJsonText() {
        String[] pieces = {
            "{\"functionCall\":{\"name\":\"f\",\"willContinue\":true}}",
            "{\"functionCall\":{\"partialArgs\":[{\"jsonPath\":\"$.a.list[0].x\",\"stringValue\":\"say"
                + " \\\"\",\"willContinue\":true}],\"willContinue\":true}}",
            "{\"functionCall\":{\"partialArgs\":[{\"jsonPath\":\"$.a.list[0].x\",\"stringValue\":\"hi\"}],\"willContinue\":true}}",
            "{\"functionCall\":{\"partialArgs\":[{\"jsonPath\":\"$.a.list[0]['y"
                + " z']\",\"numberValue\":2.5},{\"jsonPath\":\"$.a.list[1]\",\"boolValue\":true}],\"willContinue\":true}}",
            "{\"functionCall\":{\"partialArgs\":[{\"jsonPath\":\"$.b\",\"nullValue\":\"NULL_VALUE\"}],\"willContinue\":true}}",
            "{\"functionCall\":{}}",
        };
        StreamReader reader = GeminiProtocol.VERTEX.streamReader();
        List<StreamEvent> events = new ArrayList<>();
        for (String piece : pieces) {
            events.addAll(reader.read(Frame.of("", parts(piece, ""))).events());
        }
        assertThat(Json.parse(arguments(events, 0)))
                .isEqualTo(
                        Json.parse(
                                "{\"a\":{\"list\":[{\"x\":\"say \\\"hi\",\"y"
                                        + " z\":2.5},true]},\"b\":null}"));
        assertThat(events.getLast()).isInstanceOf(PartEnded.class);
        assertThat(reader.end().events()).isEmpty();
    }

    @Test
    void aBlockedPromptEndsTheAnswer() {
        List<StreamEvent> events =
                read(
                        GeminiProtocol.AI_STUDIO.streamReader(),
                        "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},\"usageMetadata\":{\"promptTokenCount\":3,\"totalTokenCount\":3}}");
        assertThat(events)
                .anyMatch(e ->
                        e instanceof ChoiceEnded end
                                && end.finish().reason() == Finish.Reason.CONTENT_FILTER)
                .anyMatch(e ->
                        e instanceof UsageKnown known
                                && known.usage().counts().equals(Usage.of(3, 0)))
                .last()
                .isInstanceOf(Ended.class);
    }

    @Test
    void aCutStreamIsNotComplete() {
        StreamReader reader = GeminiProtocol.AI_STUDIO.streamReader();
        assertThat(reader.end()).isEqualTo(Batch.EMPTY);
        assertThat(read(reader, parts("{\"text\":\"a\"}", "")).getLast())
                .isNotInstanceOf(Ended.class);
    }

    @Test
    void anErrorInTheStreamIsAFault() {
        List<StreamEvent> events =
                read(
                        GeminiProtocol.AI_STUDIO.streamReader(),
                        parts("{\"text\":\"a\"}", ""),
                        "{\"error\":{\"code\":503,\"message\":\"busy\",\"status\":\"UNAVAILABLE\"}}");
        assertThat(events.getLast()).isInstanceOf(StreamEvent.Failed.class);
    }

    /** What another provider's stream becomes for a client of Google's. */
    private static List<Json> written(StreamWriter writer, Batch... batches) {
        List<Json> chunks = new ArrayList<>();
        for (Batch batch : batches) {
            for (Frame frame : writer.write(batch)) {
                chunks.add(Json.parse(frame.data()));
            }
        }
        return chunks;
    }

    private static final StreamEvent CALL_1 =
            new PartStarted(0, 1, ToolCall.of("c1", "f", ""), Beside.NONE);
    private static final StreamEvent CALL_2 =
            new PartStarted(0, 2, ToolCall.of("c2", "g", ""), Beside.NONE);

    private static PartGrew more(int part, String arguments) {
        return new PartGrew(0, part, new Growth.MoreArguments(arguments), Beside.NONE);
    }

    @Test
    void callsOfOthersAreWrittenWholeAndTheEndWithUsage() {
        List<Json> chunks =
                written(
                        GeminiProtocol.AI_STUDIO.streamWriter(CONTEXT),
                        Batch.of(new Started("", "", Optional.empty(), Beside.NONE)),
                        Batch.of(new PartStarted(0, 0, Text.of(""), Beside.NONE)),
                        Batch.of(new PartGrew(0, 0, new Growth.MoreText("hi"), Beside.NONE)),
                        Batch.of(CALL_1),
                        Batch.of(CALL_2, more(1, "{\"a\"")),
                        Batch.of(more(2, ""), more(1, ":1}")),
                        Batch.of(new PartEnded(0, 1, Beside.NONE)),
                        Batch.of(
                                new PartEnded(0, 2, Beside.NONE), new PartEnded(0, 0, Beside.NONE)),
                        Batch.of(
                                new ChoiceEnded(
                                        0,
                                        Finish.of(Finish.Reason.TOOL_CALLS, "tool_calls"),
                                        Beside.NONE)),
                        Batch.of(
                                new UsageKnown(
                                        TokenUsage.of(new Usage(9, 4, 0, 0, 0, 7, 3, 0, 0)),
                                        Beside.NONE)),
                        Batch.of(new Ended(Beside.NONE)));
        assertThat(chunks)
                .containsExactly(
                        chunk("{\"text\":\"hi\"}", ""),
                        chunk(
                                "{\"functionCall\":{\"id\":\"c1\",\"name\":\"f\",\"args\":{\"a\":1}}}",
                                ""),
                        chunk("{\"functionCall\":{\"id\":\"c2\",\"name\":\"g\",\"args\":{}}}", ""),
                        Json.parse(
                                """
                                {"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"index":0,"finishReason":"STOP"}],
                                 "usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":4,"cachedContentTokenCount":4,
                                   "thoughtsTokenCount":3,"totalTokenCount":16},
                                 "modelVersion":"told","responseId":"abc"}
                                """));
    }

    private static Json chunk(String part, String more) {
        return Json.parse(
                "{\"candidates\":[{\"content\":{\"parts\":["
                        + part
                        + "],\"role\":\"model\"},\"index\":0"
                        + more
                        + "}],\"modelVersion\":\"told\",\"responseId\":\"abc\"}");
    }

    @Test
    void reasoningOfOthersIsAThoughtThatCarriesItsSeal() {
        Reasoning empty = new Reasoning(List.of(), List.of(), Marks.NONE);
        Seal seal = Seal.signature(Seal.ANTHROPIC, "EqQB");
        List<Json> chunks =
                written(
                        GeminiProtocol.AI_STUDIO.streamWriter(CONTEXT),
                        Batch.of(new PartStarted(0, 0, empty, Beside.NONE)),
                        Batch.of(
                                new PartGrew(
                                        0,
                                        0,
                                        new Growth.MoreReasoning("hm", false, 0),
                                        Beside.NONE)),
                        Batch.of(new PartGrew(0, 0, new Growth.Sealed(seal), Beside.NONE)),
                        Batch.of(new PartEnded(0, 0, Beside.NONE)));
        assertThat(chunks)
                .containsExactly(
                        chunk("{\"text\":\"hm\",\"thought\":true}", ""),
                        chunk(
                                "{\"text\":\"\",\"thought\":true,\"thoughtSignature\":\""
                                        + Signatures.ofSeal(seal)
                                        + "\"}",
                                ""));
    }

    @Test
    void asAnArrayTheStreamIsOneJsonText() {
        StreamWriter writer = GeminiArrayFraming.writer(CONTEXT);
        StringBuilder body = new StringBuilder();
        for (Batch batch :
                List.of(
                        Batch.of(new PartStarted(0, 0, Text.of(""), Beside.NONE)),
                        Batch.of(new PartGrew(0, 0, new Growth.MoreText("a]\"{"), Beside.NONE)),
                        Batch.of(
                                new ChoiceEnded(
                                        0, Finish.of(Finish.Reason.LENGTH, "length"), Beside.NONE)),
                        Batch.of(new Ended(Beside.NONE)))) {
            writer.write(batch).forEach(frame -> body.append(frame.text()));
        }
        Json whole = Json.parse(body.toString());
        assertThat(whole.elements()).hasSize(2);
        var scanner = GeminiArrayFraming.INSTANCE.scanner(1000);
        List<Frame> frames = new ArrayList<>();
        for (byte b : body.toString().getBytes(StandardCharsets.UTF_8)) {
            frames.addAll(scanner.feed(new byte[] {b}, 0, 1));
        }
        assertThat(frames.stream().map(frame -> Json.parse(frame.data())))
                .isEqualTo(whole.elements());
        StreamWriter failing = GeminiArrayFraming.writer(CONTEXT);
        StringBuilder failed = new StringBuilder();
        failing.fail(GatewayError.of(ErrorCode.UPSTREAM_ERROR, "gone"))
                .forEach(frame -> failed.append(frame.text()));
        assertThat(Json.parse(failed.toString()).elements().getFirst().get("error")).isPresent();
    }
}
