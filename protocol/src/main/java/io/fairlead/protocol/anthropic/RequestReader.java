package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Caller;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Delivery;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Output;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Sampling;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.ToolUse;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads requests: to make a message, and to count its tokens. Stateless: any thread. */
final class RequestReader {
    /** A form: what the client asked for in the header {@code anthropic-beta}. */
    static final String BETA = "beta:";

    /** The instruction stood among the messages, not above them. */
    static final String AS_MESSAGE = "system:message";

    /** The format of the answer stood where it was in the beta. */
    static final String OUTPUT_FORMAT = "format:output_format";

    private RequestReader() {}

    /**
     * @param counting the request only asks how many tokens it has, so it needs no limit of output
     */
    static ChatRequest read(Variant variant, WireRequest wire, boolean counting) {
        Fields body = Fields.ofRequest(wire.body());
        String model = wire.model().or(() -> body.text("model")).orElse("");
        if (model.isEmpty()) {
            body.needText("model");
            throw body.invalid("model", "the name of a model");
        }
        List<Turn> turns = turns(body);
        ToolUse tools = ToolShapes.read(body);
        Optional<Thinking> thinking = ThinkingShapes.read(body);
        Sampling sampling = sampling(body);
        Optional<OutputFormat> format = format(body);
        Optional<Long> maxTokens = body.count("max_tokens");
        if (maxTokens.isEmpty() && !counting) {
            throw body.invalid("max_tokens", "the most output tokens to make");
        }
        Delivery delivery = delivery(body, wire);
        Caller caller = caller(body);
        betas(variant, body, wire);
        Output output = Output.DEFAULT.withMaxTokens(maxTokens).withFormat(format);
        Beside rest = body.rest(Own.ORIGIN);
        return new ChatRequest(
                model, turns, tools, sampling, output, thinking, delivery, caller, rest);
    }

    private static List<Turn> turns(Fields body) {
        List<Turn> turns = new ArrayList<>();
        if (body.has("system")) {
            boolean text = body.peek("system").filter(Json::isString).isPresent();
            List<Part> parts = withoutBilling(PartReader.content(body, "system"));
            Beside form = text ? Own.formed(Own.AS_TEXT) : Beside.NONE;
            turns.add(new Turn(Role.SYSTEM, parts, Optional.empty(), form));
        }
        if (!body.has("messages")) {
            throw body.invalid("messages", "an array of messages");
        }
        for (Fields message : body.objects("messages")) {
            turns.add(turn(message));
        }
        return turns;
    }

    /**
     * A line that Claude Code puts first is for Anthropic's books only. It is another one in each
     * request, so that no other provider would find the prompt in its cache.
     */
    private static List<Part> withoutBilling(List<Part> parts) {
        if (parts.size() < 2
                || !(parts.getFirst() instanceof Text text)
                || !text.text().startsWith("x-anthropic-")) {
            return parts;
        }
        List<Part> rest = new ArrayList<>(parts);
        rest.set(
                0,
                Foreign.of(
                        Own.ORIGIN,
                        "text",
                        PartWriter.all(List.of(text)).toJson().elements().getFirst()));
        return rest;
    }

    private static Turn turn(Fields message) {
        Role role =
                switch (message.needText("role")) {
                    case "user" -> Role.USER;
                    case "assistant" -> Role.ASSISTANT;
                    case "system" -> {
                        message.form(AS_MESSAGE);
                        yield Role.SYSTEM;
                    }
                    default -> throw message.invalid("role", "user, assistant or system");
                };
        if (!message.has("content")) {
            throw message.invalid("content", "a string or an array of content blocks");
        }
        List<Part> parts = PartReader.content(message, "content");
        return new Turn(role, parts, Optional.empty(), message.rest(Own.ORIGIN));
    }

    private static Sampling sampling(Fields body) {
        boolean stops = body.peek("stop_sequences").filter(s -> !s.isEmpty()).isPresent();
        return Sampling.DEFAULT
                .withTemperature(body.number("temperature"))
                .withTopP(body.number("top_p"))
                .withTopK(body.count("top_k"))
                .withStop(stops ? body.texts("stop_sequences") : List.of());
    }

    private static Optional<OutputFormat> format(Fields body) {
        Optional<Fields> config = body.object("output_config").flatMap(o -> o.object("format"));
        if (config.isPresent()) {
            return schema(config.get());
        }
        Optional<Fields> older = body.object("output_format");
        if (older.isPresent()) {
            body.form(OUTPUT_FORMAT);
        }
        return older.flatMap(RequestReader::schema);
    }

    /** Of a kind nobody knows, it stays in the rest. */
    private static Optional<OutputFormat> schema(Fields format) {
        if (format.peek("type").filter(type -> type.is("json_schema")).isEmpty()) {
            return Optional.empty();
        }
        format.take("type");
        return Optional.of(
                new OutputFormat.JsonSchema(
                        Optional.empty(),
                        Optional.empty(),
                        format.needJson("schema"),
                        Optional.empty(),
                        Beside.NONE));
    }

    private static Delivery delivery(Fields body, WireRequest wire) {
        boolean asked = body.peek("stream").filter(Json.TRUE::equals).isPresent();
        if (asked || body.peek("stream").filter(flag -> !Json.FALSE.equals(flag)).isPresent()) {
            body.flag("stream");
        }
        return Delivery.UNARY
                .withStream(wire.stream().orElse(asked))
                .withServiceTier(body.text("service_tier"));
    }

    private static Caller caller(Fields body) {
        Optional<String> user = body.object("metadata").flatMap(m -> m.text("user_id"));
        return new Caller(user, Optional.empty(), Optional.empty());
    }

    private static void betas(Variant variant, Fields body, WireRequest wire) {
        if (variant.modelInPath()) {
            body.take("anthropic_version");
        }
        String header = wire.headers().getOrDefault("anthropic-beta", "");
        if (variant == Variant.BEDROCK) {
            header = String.join(",", body.texts("anthropic_beta"));
        }
        if (!header.isBlank()) {
            body.form(BETA + header);
        }
    }
}
