package io.fairlead.conformance;

import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a simulated provider says to a request, in the canonical model: it follows words of the
 * user's, calls tools that it has, and tells what it was given, so that a client can see whether
 * all of it arrived. Immutable.
 *
 * @param status 200, or that of an error
 * @param problem the error's message
 * @param slow whether a stream of it takes a while
 * @param breaks whether a stream of it breaks before its end
 */
record CannedAnswer(int status, String problem, ChatAnswer answer, boolean slow, boolean breaks) {
    private static final String SEAL = "c2VhbCBvZiB0aGUgcHJvdmlkZXIsIG5vdCB0byBiZSBjaGFuZ2Vk";
    private static final String THOUGHT = "First I should look it up.";
    private static final Json SOME_JSON = Json.parse("{\"ok\": true}");
    private static final Usage USAGE = Usage.of(12, 7);

    static CannedAnswer to(ChatRequest request, Protocol protocol) {
        String words = lastWords(request);
        for (int status : new int[] {400, 429, 500}) {
            if (words.contains("fail with " + status)) {
                return problem(status, "as you wish: " + status);
            }
        }
        Turn last = request.turns().getLast();
        if (last.parts().stream().anyMatch(ToolResult.class::isInstance)) {
            return results(request, protocol);
        }
        Optional<ToolChoice> choice = request.tools().choice();
        if (!request.tools().tools().isEmpty()
                && !choice.filter(ToolChoice.None.class::isInstance).isPresent()) {
            return calls(request, protocol, words);
        }
        return says(request, words);
    }

    private static CannedAnswer says(ChatRequest request, String words) {
        List<String> media = new ArrayList<>();
        for (Part part : request.turns().getLast().parts()) {
            if (part instanceof Media it) {
                media.add(seen(it));
            }
        }
        Optional<OutputFormat> format = request.output().format();
        if (words.contains("refuse")) {
            return finished(Finish.Reason.REFUSAL, new Refusal("I won't.", Marks.NONE));
        } else if (words.contains("be filtered")) {
            return finished(Finish.Reason.CONTENT_FILTER, Text.of("That is"));
        } else if (words.contains("run out")) {
            return finished(Finish.Reason.LENGTH, Text.of("There once was"));
        } else if (!request.sampling().stop().isEmpty()) {
            String stop = request.sampling().stop().getFirst();
            return of(
                    new Finish(Finish.Reason.STOP_SEQUENCE, "", Optional.of(stop)),
                    List.of(Text.of("until " + stop.toLowerCase(Locale.ROOT))));
        } else if (format.orElse(null) instanceof OutputFormat.JsonSchema schema) {
            return finished(Finish.Reason.STOP, Text.of(sample(schema.schema()).toString()));
        } else if (format.orElse(null) instanceof OutputFormat.AnyJson
                || everything(request).contains("JSON")) {
            return finished(Finish.Reason.STOP, Text.of(SOME_JSON.toString()));
        } else if (!media.isEmpty()) {
            return finished(Finish.Reason.STOP, Text.of(String.join(", ", media)));
        } else if (words.contains("recall")) {
            return finished(Finish.Reason.STOP, Text.of(everything(request)));
        } else if (words.contains("slowly")) {
            CannedAnswer one = finished(Finish.Reason.STOP, Text.of("a"));
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                parts.add(Text.of("word after word after word, "));
            }
            ChatAnswer answer =
                    one.answer.withChoices(
                            List.of(one.answer.choices().getFirst().withParts(parts)));
            return new CannedAnswer(200, "", answer, true, false);
        }
        CannedAnswer echo = finished(Finish.Reason.STOP, Text.of("You said: " + words));
        return new CannedAnswer(200, "", echo.answer, false, words.contains("break off"));
    }

    private static String seen(Media media) {
        return switch (media.source()) {
            case Media.Source.Inline inline ->
                    "saw " + inline.mediaType() + " of " + inline.base64().length();
            case Media.Source.Url(String url, Optional<String> ignored) -> "saw a URL " + url;
            case Media.Source.FileId(String id, Optional<String> ignored) -> "saw a file " + id;
            case Media.Source.PlainText(String text) -> "saw text of " + text.length();
            case Media.Source.Parts(List<Part> parts) -> "saw parts " + parts.size();
        };
    }

    private static CannedAnswer calls(ChatRequest request, Protocol protocol, String words) {
        List<Part> parts = new ArrayList<>();
        boolean thinks = words.contains("think");
        if (thinks) {
            parts.add(thought(protocol));
        }
        Tool tool = request.tools().tools().getFirst();
        if (request.tools().choice().orElse(null) instanceof ToolChoice.Named named) {
            tool =
                    request.tools().tools().stream()
                            .filter(it -> it.name().equals(named.name()))
                            .findFirst()
                            .orElseThrow();
        }
        int count = words.contains("two") ? 2 : 1;
        for (int i = 1; i <= count; i++) {
            Json arguments =
                    tool instanceof Tool.Function function
                            ? function.parameters()
                                    .map(CannedAnswer::sample)
                                    .orElse(Json.EMPTY_OBJECT)
                            : Json.EMPTY_OBJECT;
            if (arguments.isEmpty() && everything(request).contains("JSON")) {
                arguments = SOME_JSON;
            }
            ToolCall call = ToolCall.of(id(protocol, i), tool.name(), arguments.toString());
            boolean sealed = thinks && i == 1 && protocol == Protocol.GEMINI;
            parts.add(
                    sealed
                            ? call.withMarks(
                                    Marks.NONE.withSeal(
                                            Optional.of(Seal.signature(Seal.GOOGLE, SEAL))))
                            : call);
        }
        return of(Finish.of(Finish.Reason.TOOL_CALLS, ""), parts);
    }

    /** Mistral takes ids of nine letters and digits only. */
    private static String id(Protocol protocol, int number) {
        return switch (protocol) {
            case MISTRAL_CHAT -> "Call0000" + number;
            case ANTHROPIC_MESSAGES -> "toolu_0123456789" + number;
            case BEDROCK_CONVERSE -> "tooluse_0123456789" + number;
            default -> "call_0123456789" + number;
        };
    }

    private static Reasoning thought(Protocol protocol) {
        Reasoning plain = Reasoning.of(THOUGHT);
        return switch (protocol) {
            case ANTHROPIC_MESSAGES, BEDROCK_CONVERSE ->
                    plain.withMarks(
                            Marks.NONE.withSeal(Optional.of(Seal.signature(Seal.ANTHROPIC, SEAL))));
            case OPENAI_RESPONSES ->
                    new Reasoning(
                            List.of(),
                            List.of(THOUGHT),
                            Marks.NONE.withSeal(
                                    Optional.of(
                                            new Seal(
                                                    Seal.Kind.ENCRYPTED,
                                                    Seal.OPENAI,
                                                    SEAL,
                                                    Optional.of("rs_0123456789")))));
            default -> plain;
        };
    }

    private static CannedAnswer results(ChatRequest request, Protocol protocol) {
        List<ToolCall> calls = new ArrayList<>();
        List<String> seals = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (Turn turn : request.turns()) {
            for (Part part : turn.parts()) {
                part.marks().seal().ifPresent(seal -> seals.add(seal.data()));
                if (part instanceof ToolCall call) {
                    calls.add(call);
                } else if (part instanceof ToolResult result) {
                    Optional<ToolCall> call = called(calls, result);
                    if (call.isEmpty()) {
                        return problem(400, "no call has the id " + result.callId());
                    }
                    calls.remove(call.get());
                    told.add(
                            call.get().name()
                                    + call.get().arguments()
                                    + "="
                                    + texts(result.content()));
                }
            }
        }
        if (!calls.isEmpty()) {
            return problem(400, "a call has no result: " + calls.getFirst().id());
        }
        boolean sealed =
                switch (protocol) {
                    case ANTHROPIC_MESSAGES, BEDROCK_CONVERSE, OPENAI_RESPONSES, GEMINI -> true;
                    default -> false;
                };
        if (sealed && everything(request).contains("think") && !seals.contains(SEAL)) {
            return problem(400, "the seal is lost; there are " + seals);
        }
        return finished(Finish.Reason.STOP, Text.of(String.join("; ", told)));
    }

    /** By its id; where a protocol has none, by name and order. */
    private static Optional<ToolCall> called(List<ToolCall> calls, ToolResult result) {
        return calls.stream()
                .filter(call ->
                        result.callId().isEmpty() || call.id().isEmpty()
                                ? result.name().filter(call.name()::equals).isPresent()
                                : result.callId().equals(call.id()))
                .findFirst();
    }

    private static String lastWords(ChatRequest request) {
        String words = "";
        for (Turn turn : request.turns()) {
            String said = texts(turn.parts());
            if (turn.role() == Role.USER && !said.isEmpty()) {
                words = said;
            }
        }
        return words;
    }

    private static String everything(ChatRequest request) {
        List<String> all = new ArrayList<>();
        for (Turn turn : request.turns()) {
            String role =
                    turn.role().instructs()
                            ? "system"
                            : turn.role().name().toLowerCase(Locale.ROOT);
            all.add(role + ": " + texts(turn.parts()));
        }
        return String.join(" | ", all);
    }

    private static String texts(List<Part> parts) {
        StringBuilder all = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Text text) {
                all.append(text.text());
            }
        }
        return all.toString();
    }

    /** The smallest value that follows a schema of objects, arrays, strings, numbers and truths. */
    private static Json sample(Json schema) {
        if (schema.get("enum").isPresent()) {
            return schema.get("enum").get().elements().getFirst();
        }
        String type = schema.get("type").filter(Json::isString).map(Json::text).orElse("object");
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "string" -> Json.of("Kiel");
            case "integer", "number" -> Json.of(42);
            case "boolean" -> Json.TRUE;
            case "array" ->
                    schema.get("items")
                            .map(it -> new JsonArray().add(sample(it)).toJson())
                            .orElse(Json.EMPTY_ARRAY);
            default -> {
                JsonObject object = new JsonObject();
                schema.get("properties")
                        .ifPresent(all ->
                                all.members()
                                        .forEach(it -> object.put(it.name(), sample(it.value()))));
                yield object.toJson();
            }
        };
    }

    private static CannedAnswer finished(Finish.Reason reason, Part part) {
        return of(Finish.of(reason, ""), List.of(part));
    }

    private static CannedAnswer of(Finish finish, List<Part> parts) {
        Choice choice = Choice.of(finish).withParts(parts);
        return new CannedAnswer(
                200, "", ChatAnswer.of("", "m", TokenUsage.of(USAGE), choice), false, false);
    }

    private static CannedAnswer problem(int status, String message) {
        return new CannedAnswer(
                status, message, ChatAnswer.of("", "m", TokenUsage.of(USAGE)), false, false);
    }
}
