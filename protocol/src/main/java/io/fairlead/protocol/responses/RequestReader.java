package io.fairlead.protocol.responses;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Caller;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Delivery;
import io.fairlead.protocol.model.Output;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Sampling;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.ToolUse;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads requests: {@code POST /responses}. Stateless: any thread. */
final class RequestReader {
    static final String LOG_PROBS = "message.output_text.logprobs";

    /** A format must have a name here; that of one which has none. */
    static final String NAMELESS = "answer";

    static final String ENCRYPTED = "reasoning.encrypted_content";

    private RequestReader() {}

    static ChatRequest read(WireRequest request) {
        Fields fields = Fields.ofRequest(request.body());
        Optional<String> model = fields.text("model");
        if (model.isEmpty()) {
            fields.form("without:model");
        }
        List<Turn> turns = turns(fields);
        ToolUse tools = ToolsReader.read(fields);
        Sampling sampling =
                Sampling.DEFAULT
                        .withTemperature(fields.number("temperature"))
                        .withTopP(fields.number("top_p"));
        Output output = output(fields);
        Optional<Thinking> thinking = fields.object("reasoning").map(RequestReader::thinking);
        Delivery delivery = delivery(fields, request.stream());
        Caller caller = caller(fields);
        fields.form("own");
        return new ChatRequest(
                model.or(request::model).orElse(""),
                turns,
                tools,
                sampling,
                output,
                thinking,
                delivery,
                caller,
                fields.rest(Wire.SELF));
    }

    private static List<Turn> turns(Fields fields) {
        List<Turn> turns = new ArrayList<>();
        Optional<Json> instructions = fields.peek("instructions").filter(Json::isString);
        if (instructions.isPresent()) {
            fields.take("instructions");
            fields.form("instructions");
            turns.add(Turn.of(Role.SYSTEM, Text.of(instructions.get().string())));
        } else if (fields.has("instructions")) {
            throw fields.invalid("instructions", "a string");
        }
        Optional<Json> input = fields.peek("input");
        if (input.isEmpty()) {
            fields.form("without:input");
        } else if (input.get().isString()) {
            fields.take("input");
            fields.form("input:text");
            turns.add(Turn.of(Role.USER, Text.of(input.get().string())));
        } else if (input.get().isArray()) {
            Carriers.input(fields.objects("input"), turns);
        } else {
            throw fields.invalid("input", "a string or an array of items");
        }
        return turns;
    }

    private static Output output(Fields fields) {
        Optional<Fields> text = fields.object("text");
        Optional<OutputFormat> format = text.flatMap(RequestReader::format);
        Optional<String> verbosity = text.flatMap(t -> t.text("verbosity"));
        Optional<Long> logProbs = Optional.empty();
        if (included(fields, LOG_PROBS)) {
            Optional<Long> top = fields.count("top_logprobs");
            if (top.isEmpty()) {
                fields.form("without:top_logprobs");
            }
            logProbs = Optional.of(top.orElse(0L));
        }
        return new Output(
                fields.count("max_output_tokens"),
                format,
                Optional.empty(),
                logProbs,
                List.of(),
                Optional.empty(),
                verbosity);
    }

    private static boolean included(Fields fields, String what) {
        for (Json included : fields.peek("include").orElse(Json.EMPTY_ARRAY).elements()) {
            if (included.is(what)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<OutputFormat> format(Fields text) {
        Optional<Fields> format = text.object("format");
        if (format.isEmpty()) {
            return Optional.empty();
        }
        String type = format.get().needText("type");
        return switch (type) {
            case "text" -> Optional.of(new OutputFormat.PlainText());
            case "json_object" -> Optional.of(new OutputFormat.AnyJson());
            case "json_schema" -> {
                Json schema = format.get().needJson("schema");
                if (!schema.isObject()) {
                    throw format.get().invalid("schema", "a JSON Schema");
                }
                // What is left of it is in the rest of the request, not in one of its own.
                yield Optional.of(
                        new OutputFormat.JsonSchema(
                                format.get().text("name").filter(name -> !name.equals(NAMELESS)),
                                format.get().text("description"),
                                schema,
                                format.get().flag("strict"),
                                Beside.NONE));
            }
            default -> throw format.get().invalid("type", "text, json_object or json_schema");
        };
    }

    private static Thinking thinking(Fields reasoning) {
        Optional<String> effort = reasoning.text("effort");
        boolean off = effort.filter("none"::equals).isPresent();
        return new Thinking(
                off ? Thinking.Mode.OFF : Thinking.Mode.DEFAULT,
                effort.filter(word -> !off),
                Optional.empty(),
                reasoning.text("summary"),
                Optional.empty(),
                Beside.NONE);
    }

    private static Delivery delivery(Fields fields, Optional<Boolean> fromPath) {
        Optional<Boolean> stream = fields.flag("stream");
        if (stream.isPresent() && !stream.get()) {
            fields.form("stream:false");
        }
        Optional<Boolean> background = fields.flag("background");
        return new Delivery(
                stream.or(() -> fromPath).orElse(false),
                Optional.empty(),
                fields.text("service_tier"),
                fields.flag("store"),
                fields.text("previous_response_id"),
                background);
    }

    private static Caller caller(Fields fields) {
        Optional<String> user = fields.text("user");
        if (user.isEmpty()) {
            user = fields.text("safety_identifier");
            if (user.isPresent()) {
                fields.form("user:safety_identifier");
            }
        }
        Optional<Json> metadata = fields.peek("metadata");
        if (metadata.isPresent()) {
            if (!metadata.get().isObject()) {
                throw fields.invalid("metadata", "an object");
            }
            fields.take("metadata");
        }
        return new Caller(user, metadata, fields.text("prompt_cache_key"));
    }
}
