package io.fairlead.protocol.cohere;

import static io.fairlead.protocol.cohere.CohereProtocol.ORIGIN;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Caller;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Delivery;
import io.fairlead.protocol.model.Output;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Sampling;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolUse;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a request. Confined to one thread. */
final class RequestReader {
    private final Fields body;

    RequestReader(WireRequest request) {
        body = Fields.ofRequest(request.body());
    }

    ChatRequest read() {
        String model = body.needText("model");
        body.needJson("messages");
        List<Turn> turns = new ArrayList<>();
        for (Fields message : body.objects("messages")) {
            turns.add(MessageReader.turn(message));
        }
        documents(turns);
        ToolUse tools = tools();
        Sampling sampling =
                new Sampling(
                        body.number("temperature"),
                        body.number("p"),
                        body.count("k"),
                        Optional.empty(),
                        body.number("frequency_penalty"),
                        body.number("presence_penalty"),
                        Optional.empty(),
                        body.count("seed"),
                        body.peek("stop_sequences").filter(s -> !s.isEmpty()).isPresent()
                                ? body.texts("stop_sequences")
                                : List.of(),
                        Optional.empty());
        Output output = Output.DEFAULT.withMaxTokens(body.count("max_tokens")).withFormat(format());
        if (body.peek("logprobs").filter(Json.TRUE::equals).isPresent()) {
            body.take("logprobs");
            output = output.withLogProbs(Optional.of(0L));
        }
        Optional<Thinking> thinking = body.object("thinking").flatMap(RequestReader::thinking);
        Optional<Boolean> stream = body.flag("stream");
        if (stream.isEmpty()) {
            body.form("stream:absent");
        }
        return new ChatRequest(
                model,
                turns,
                tools,
                sampling,
                output,
                thinking,
                Delivery.UNARY.withStream(stream.orElse(false)),
                Caller.UNKNOWN,
                body.rest(ORIGIN));
    }

    /** They belong to no turn at Cohere; here they are shown by the user before the last words. */
    private void documents(List<Turn> turns) {
        Optional<Json> documents = body.peek("documents").filter(d -> d.isArray() && !d.isEmpty());
        int last = turns.size() - 1;
        while (last >= 0 && turns.get(last).role() != Role.USER) {
            last--;
        }
        if (documents.isEmpty() || last < 0) {
            return;
        }
        body.take("documents");
        List<Part> parts = new ArrayList<>();
        for (Json document : documents.get().elements()) {
            parts.add(Documents.read(document));
        }
        parts.addAll(turns.get(last).parts());
        turns.set(last, turns.get(last).withParts(parts));
    }

    private Optional<OutputFormat> format() {
        Optional<Fields> format = body.object("response_format");
        if (format.isEmpty()) {
            return Optional.empty();
        }
        String type = format.get().needText("type");
        for (String name : List.of("json_schema", "schema")) {
            if (type.equals("json_object") && format.get().has(name)) {
                body.form("response_format:" + name);
                return Optional.of(
                        new OutputFormat.JsonSchema(
                                Optional.empty(),
                                Optional.empty(),
                                format.get().needJson(name),
                                Optional.empty(),
                                Beside.NONE));
            }
        }
        return switch (type) {
            case "json_object" -> Optional.of(new OutputFormat.AnyJson());
            case "text" -> Optional.of(new OutputFormat.PlainText());
            default -> throw format.get().invalid("type", "text or json_object");
        };
    }

    private static Optional<Thinking> thinking(Fields fields) {
        Thinking.Mode mode =
                switch (fields.text("type").orElse("")) {
                    case "enabled" -> Thinking.Mode.ON;
                    case "disabled" -> Thinking.Mode.OFF;
                    default -> throw fields.invalid("type", "enabled or disabled");
                };
        return Optional.of(
                new Thinking(
                        mode,
                        Optional.empty(),
                        fields.count("token_budget"),
                        Optional.empty(),
                        Optional.empty(),
                        Beside.NONE));
    }

    private ToolUse tools() {
        boolean strict = body.peek("strict_tools").filter(Json.TRUE::equals).isPresent();
        List<Tool> tools = new ArrayList<>();
        if (body.peek("tools").filter(t -> !t.isEmpty()).isPresent()) {
            for (Fields tool : body.objects("tools")) {
                tools.add(tool(tool, strict));
            }
        }
        if (strict && !tools.isEmpty()) {
            body.take("strict_tools");
        }
        Optional<ToolChoice> choice =
                body.text("tool_choice")
                        .map(word ->
                                switch (word) {
                                    case "REQUIRED" -> new ToolChoice.Required();
                                    case "NONE" -> new ToolChoice.None();
                                    default ->
                                            throw body.invalid("tool_choice", "REQUIRED or NONE");
                                });
        return new ToolUse(tools, choice, Optional.empty(), Beside.NONE);
    }

    private static Tool tool(Fields tool, boolean strict) {
        Optional<Fields> function = tool.object("function");
        if (function.isEmpty()) {
            return new Tool.Hosted(ORIGIN, tool.text("type").orElse(""), tool.whole());
        }
        if (tool.peek("type").filter(type -> type.is("function")).isPresent()) {
            tool.take("type");
        } else {
            tool.form("type:absent");
        }
        return new Tool.Function(
                function.get().needText("name"),
                function.get().string("description"),
                function.get().json("parameters"),
                strict ? Optional.of(true) : Optional.empty(),
                Optional.empty(),
                tool.rest(ORIGIN));
    }
}
