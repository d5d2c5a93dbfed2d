package io.fairlead.protocol.ollama;

import static io.fairlead.protocol.ollama.OllamaProtocol.ORIGIN;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Caller;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Delivery;
import io.fairlead.protocol.model.Output;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Sampling;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Tool;
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
        List<Turn> turns = new ArrayList<>();
        for (Fields message : body.objects("messages")) {
            turns.add(MessageReader.turn(message));
        }
        if (!body.has("messages")) {
            body.form("messages:absent");
        }
        ToolUse tools = tools();
        Optional<Thinking> thinking = thinking();
        Output output = Output.DEFAULT.withFormat(format());
        Sampling sampling = Sampling.DEFAULT;
        Optional<Fields> options = body.object("options");
        if (options.isPresent()) {
            sampling = sampling(options.get());
            Optional<Long> limit =
                    options.get()
                            .peek("num_predict")
                            .filter(RequestReader::isLimit)
                            .map(Json::whole);
            limit.ifPresent(ignored -> options.get().take("num_predict"));
            output = output.withMaxTokens(limit);
        }
        output = output.withLogProbs(logProbs());
        Optional<Boolean> stream = body.flag("stream");
        if (stream.isEmpty()) {
            body.form("stream:absent");
        }
        Delivery delivery = Delivery.UNARY.withStream(stream.orElse(true));
        return new ChatRequest(
                model,
                turns,
                tools,
                sampling,
                output,
                thinking,
                delivery,
                Caller.UNKNOWN,
                body.rest(ORIGIN));
    }

    /** Negative: without end, or to the end of the context. */
    private static boolean isLimit(Json value) {
        return value.kind() == Json.Kind.NUMBER && value.whole() > 0;
    }

    private Optional<Long> logProbs() {
        Optional<Boolean> wanted =
                body.peek("logprobs").filter(v -> v.equals(Json.TRUE)).map(Json::truth);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        body.take("logprobs");
        Optional<Long> top = body.count("top_logprobs");
        if (top.isEmpty()) {
            body.form("top_logprobs:absent");
        }
        return Optional.of(top.orElse(0L));
    }

    private Sampling sampling(Fields options) {
        List<String> stop;
        Optional<Json> one = options.peek("stop").filter(Json::isString);
        if (one.isPresent()) {
            options.take("stop");
            body.form("stop:text");
            stop = List.of(one.get().text());
        } else {
            stop =
                    options.peek("stop").filter(s -> !s.isEmpty()).isPresent()
                            ? options.texts("stop")
                            : List.of();
        }
        return new Sampling(
                options.number("temperature"),
                options.number("top_p"),
                options.count("top_k"),
                options.number("min_p"),
                options.number("frequency_penalty"),
                options.number("presence_penalty"),
                options.number("repeat_penalty"),
                options.count("seed"),
                stop,
                Optional.empty());
    }

    private Optional<OutputFormat> format() {
        Optional<Json> format = body.peek("format");
        if (format.isPresent() && format.get().is("json")) {
            body.take("format");
            return Optional.of(new OutputFormat.AnyJson());
        }
        if (format.isPresent() && format.get().isObject()) {
            body.take("format");
            return Optional.of(
                    new OutputFormat.JsonSchema(
                            Optional.empty(),
                            Optional.empty(),
                            format.get(),
                            Optional.empty(),
                            Beside.NONE));
        }
        if (format.isPresent() && !format.get().is("")) {
            throw body.invalid("format", "\"json\" or a JSON Schema");
        }
        return Optional.empty();
    }

    private Optional<Thinking> thinking() {
        Optional<Json> think = body.json("think");
        if (think.isEmpty()) {
            return Optional.empty();
        }
        if (think.get().isString()) {
            return Optional.of(Thinking.ofEffort(think.get().text()));
        }
        if (think.get().kind() != Json.Kind.BOOLEAN) {
            throw body.invalid("think", "true, false or a level");
        }
        Thinking.Mode mode = think.get().truth() ? Thinking.Mode.ON : Thinking.Mode.OFF;
        return Optional.of(Thinking.ofEffort("").withEffort(Optional.empty()).withMode(mode));
    }

    private ToolUse tools() {
        if (body.peek("tools").filter(tools -> !tools.isEmpty()).isEmpty()) {
            return ToolUse.NONE;
        }
        List<Tool> tools = new ArrayList<>();
        for (Fields tool : body.objects("tools")) {
            Optional<Fields> function = tool.object("function");
            if (function.isEmpty()) {
                String type = tool.text("type").orElse("");
                tools.add(new Tool.Hosted(ORIGIN, type, tool.whole()));
                continue;
            }
            if (tool.peek("type").filter(type -> type.is("function")).isPresent()) {
                tool.take("type");
            } else {
                tool.form("type:absent");
            }
            tools.add(
                    new Tool.Function(
                            function.get().needText("name"),
                            function.get().string("description"),
                            function.get().json("parameters"),
                            Optional.empty(),
                            Optional.empty(),
                            tool.rest(ORIGIN)));
        }
        return new ToolUse(tools, Optional.empty(), Optional.empty(), Beside.NONE);
    }
}
