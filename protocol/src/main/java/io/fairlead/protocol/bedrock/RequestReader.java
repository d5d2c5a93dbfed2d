package io.fairlead.protocol.bedrock;

import static io.fairlead.protocol.bedrock.BedrockConverseProtocol.ORIGIN;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.MalformedJson;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Caller;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Delivery;
import io.fairlead.protocol.model.Output;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Sampling;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.ToolUse;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads requests of Converse and ConverseStream. Stateless: any thread. */
final class RequestReader {
    private RequestReader() {}

    static ChatRequest read(WireRequest request) {
        Fields root = Fields.ofRequest(request.body());
        List<Turn> turns = turns(root);
        ToolUse tools = root.object("toolConfig").map(ToolsReader::read).orElse(ToolUse.NONE);
        Optional<Fields> inference = root.object("inferenceConfig");
        Optional<Fields> model = root.object(ModelFields.NAME);
        Sampling sampling =
                sampling(inference, model.flatMap(fields -> ModelFields.topK(fields, root)));
        Output output =
                Output.DEFAULT
                        .withMaxTokens(inference.flatMap(fields -> fields.count("maxTokens")))
                        .withFormat(format(root));
        Optional<Thinking> thinking = model.flatMap(ModelFields::thinking);
        Delivery delivery =
                Delivery.UNARY
                        .withStream(request.stream().orElse(false))
                        .withServiceTier(
                                root.object("serviceTier").flatMap(tier -> tier.text("type")));
        Caller caller = new Caller(Optional.empty(), metadata(root), Optional.empty());
        return new ChatRequest(
                request.model().orElse(""),
                turns,
                tools,
                sampling,
                output,
                thinking,
                delivery,
                caller,
                root.rest(ORIGIN));
    }

    /** The elements of an array that has any; an empty one says nothing and stays beside. */
    static List<Fields> elements(Fields fields, String name) {
        return fields.peek(name).filter(Json::isEmpty).filter(Json::isArray).isPresent()
                ? List.of()
                : fields.objects(name);
    }

    private static List<Turn> turns(Fields root) {
        List<Turn> turns = new ArrayList<>();
        List<Fields> system = elements(root, "system");
        if (!system.isEmpty()) {
            turns.add(Turn.of(Role.SYSTEM, PartReader.parts(system)));
        }
        for (Fields message : elements(root, "messages")) {
            Role role =
                    switch (message.needText("role")) {
                        case "user" -> Role.USER;
                        case "assistant" -> Role.ASSISTANT;
                        default -> throw message.invalid("role", "user or assistant");
                    };
            turns.add(
                    new Turn(
                            role,
                            PartReader.parts(message.objects("content")),
                            Optional.empty(),
                            message.rest(ORIGIN)));
        }
        return turns;
    }

    private static Sampling sampling(Optional<Fields> inference, Optional<Long> topK) {
        Sampling sampling = Sampling.DEFAULT.withTopK(topK);
        if (inference.isEmpty()) {
            return sampling;
        }
        Fields fields = inference.get();
        sampling =
                sampling.withTemperature(fields.number("temperature"))
                        .withTopP(fields.number("topP"));
        boolean none = fields.peek("stopSequences").filter(Json::isEmpty).isPresent();
        return none ? sampling : sampling.withStop(fields.texts("stopSequences"));
    }

    private static Optional<Json> metadata(Fields root) {
        Optional<Json> metadata = root.peek("requestMetadata");
        if (metadata.isPresent() && !metadata.get().isObject()) {
            throw root.invalid("requestMetadata", "an object");
        }
        return root.json("requestMetadata");
    }

    private static Optional<OutputFormat> format(Fields root) {
        Optional<Fields> text =
                root.object("outputConfig").flatMap(config -> config.object("textFormat"));
        Optional<Fields> schema =
                text.flatMap(format -> format.object("structure"))
                        .flatMap(structure -> structure.object("jsonSchema"));
        if (schema.isEmpty()) {
            return Optional.empty();
        }
        if (text.get().peek("type").filter(type -> type.is("json_schema")).isPresent()) {
            text.get().take("type");
        }
        Fields fields = schema.get();
        String words = fields.needText("schema");
        try {
            return Optional.of(
                    new OutputFormat.JsonSchema(
                            fields.text("name"),
                            fields.text("description"),
                            Json.parse(words),
                            Optional.empty(),
                            Beside.NONE));
        } catch (MalformedJson malformed) {
            throw fields.invalid("schema", "a JSON Schema as text");
        }
    }
}
