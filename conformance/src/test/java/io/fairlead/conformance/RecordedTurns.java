package io.fairlead.conformance;

import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.adapt.AnswerGather;
import io.fairlead.protocol.adapt.AnswerReplay;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.Framing;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.MalformedJson;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;
import io.fairlead.simulator.Header;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.replay.Recording;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A recorded answer as the first turn of a conversation, and what its provider makes of the second.
 * Immutable.
 *
 * @param protocol what the provider speaks
 * @param answer what the recording says
 */
record RecordedTurns(Recording recording, ChatProtocol protocol, ChatAnswer answer) {
    static final String LAST_WORDS = "It is done.";

    /** What a client is to see of the recording; empty: it is no whole answer. */
    static Optional<RecordedTurns> of(Recording recording, ChatProtocol protocol) {
        try {
            ChatAnswer answer =
                    isStream(recording)
                            ? gathered(recording, protocol)
                            : protocol.readAnswer(Json.parse(recording.bodyBytes()));
            boolean whole = !answer.choices().isEmpty() && finish(answer).isPresent();
            return whole
                    ? Optional.of(new RecordedTurns(recording, protocol, answer))
                    : Optional.empty();
        } catch (Unreadable unreadable) {
            throw new IllegalStateException(recording.id(), unreadable);
        }
    }

    private static Optional<Finish> finish(ChatAnswer answer) {
        return answer.choices().getFirst().finish();
    }

    private static ChatAnswer gathered(Recording recording, ChatProtocol protocol) {
        AnswerGather gather = new AnswerGather(1 << 24);
        StreamReader reader = protocol.streamReader();
        byte[] bytes = recording.bodyBytes();
        Framing.FrameScanner scanner = protocol.framing().scanner(1 << 24);
        scanner.feed(bytes, 0, bytes.length).forEach(frame -> gather.add(reader.read(frame)));
        scanner.end().forEach(frame -> gather.add(reader.read(frame)));
        gather.add(reader.end());
        return gather.answer();
    }

    static boolean isStream(Recording recording) {
        return recording.form() != Recording.Form.UNARY;
    }

    boolean stream() {
        return isStream(recording);
    }

    private List<Part> parts() {
        return answer.choices().getFirst().parts();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts()) {
            if (part instanceof Text words) {
                text.append(words.text());
            }
        }
        return text.toString();
    }

    List<ToolCall> calls() {
        return parts().stream()
                .filter(ToolCall.class::isInstance)
                .map(ToolCall.class::cast)
                .toList();
    }

    /** The opaque state that the provider wants to see again. */
    List<String> seals() {
        return parts().stream()
                .flatMap(part -> part.marks().seal().stream())
                .map(seal -> seal.data())
                .filter(data -> !data.isEmpty())
                .toList();
    }

    /** The provider's answer to a request: the recording, or the end of the conversation. */
    SimAnswer answer(ChatRequest request) {
        return isSecond(request) ? lastWords(request) : recording.reply();
    }

    static boolean isSecond(ChatRequest request) {
        return request.turns().stream()
                .flatMap(turn -> turn.parts().stream())
                .anyMatch(ToolResult.class::isInstance);
    }

    private SimAnswer lastWords(ChatRequest request) {
        ChatAnswer words =
                ChatAnswer.of(
                        "",
                        "m",
                        TokenUsage.of(Usage.of(9, 4)),
                        Choice.of(Finish.of(Finish.Reason.STOP, ""), Text.of(LAST_WORDS)));
        AnswerContext context = context(request);
        return stream()
                ? streamed(words, request, protocol)
                : SimAnswer.bytes(200, "application/json", protocol.writeAnswer(words, context));
    }

    private static AnswerContext context(ChatRequest request) {
        return new AnswerContext(request, "0123456789abcdef", "m", 1_700_000_000L);
    }

    /** An answer as a stream of this protocol. */
    static SimAnswer streamed(ChatAnswer words, ChatRequest request, ChatProtocol protocol) {
        StreamWriter writer = protocol.streamWriter(context(request));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Batch batch : AnswerReplay.of(words)) {
            for (Frame frame : writer.write(batch)) {
                body.writeBytes(protocol.framing().encode(frame));
            }
        }
        return new SimAnswer.Reply(
                Duration.ZERO,
                200,
                List.of(new Header("content-type", protocol.framing().contentType())),
                SimBody.of(body.toByteArray()));
    }

    /** What is wrong with the second request, as the provider got it. */
    Optional<String> problemOfSecond(ChatRequest request, String raw) {
        List<Part> said = request.turns().stream().map(Turn::parts).flatMap(List::stream).toList();
        for (ToolCall call : calls()) {
            Optional<ToolCall> back =
                    said.stream()
                            .filter(ToolCall.class::isInstance)
                            .map(ToolCall.class::cast)
                            .filter(it -> it.name().equals(call.name()))
                            .filter(it -> same(it.arguments(), call.arguments()))
                            .findFirst();
            if (back.isEmpty()) {
                return Optional.of("the call of " + call.name() + " did not come back");
            }
            boolean answered =
                    said.stream()
                            .anyMatch(it ->
                                    it instanceof ToolResult result
                                            && result.callId().equals(back.get().id()));
            if (!answered) {
                return Optional.of("no result has the id of the call of " + call.name());
            }
        }
        for (String seal : seals()) {
            if (!raw.contains(seal)) {
                return Optional.of("the provider's state did not come back");
            }
        }
        return raw.contains("fairlead1.") || raw.contains("_fls1_")
                ? Optional.of("the provider got state of ours")
                : Optional.empty();
    }

    private static boolean same(String arguments, String others) {
        return object(arguments).equals(object(others));
    }

    private static Json object(String arguments) {
        try {
            return arguments.isBlank() ? Json.EMPTY_OBJECT : Json.parse(arguments);
        } catch (MalformedJson notJson) {
            return Json.of(arguments); // some models write what is no JSON
        }
    }

    /** Reads a request as this provider does. */
    static ChatRequest read(SimRequest request, ChatProtocol protocol, String model) {
        boolean stream =
                request.path().endsWith("converse-stream")
                        || request.path().endsWith("streamGenerateContent");
        boolean inPath =
                protocol.protocol() == Protocol.GEMINI
                        || protocol.protocol() == Protocol.BEDROCK_CONVERSE;
        return protocol.readRequest(
                new WireRequest(
                        Json.parse(request.body()),
                        inPath ? Optional.of(model) : Optional.empty(),
                        inPath ? Optional.of(stream) : Optional.empty(),
                        Map.of()));
    }
}
