package io.fairlead.protocol.gemini;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Caller;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Delivery;
import io.fairlead.protocol.model.Output;
import io.fairlead.protocol.model.Sampling;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolUse;
import io.fairlead.protocol.model.Turn;

import java.util.List;
import java.util.Optional;

/** Reads a request; the path says the model and whether it streams. Stateless: any thread. */
final class RequestReader {
    private static final String MODELS = "models/";

    private RequestReader() {}

    static ChatRequest read(WireRequest request) {
        Json body = request.body();
        ProtoFields fields = ProtoFields.of(Fields.ofRequest(body));
        List<Turn> turns = new TurnReader(new CallIds("gemini_call_")).read(fields);
        List<Tool> tools = ToolsReader.read(fields);
        Optional<ToolChoice> choice = ToolChoices.read(fields);
        Optional<ProtoFields> config = fields.object("generationConfig");
        Sampling sampling = config.map(ConfigReader::sampling).orElse(Sampling.DEFAULT);
        Output output = config.map(ConfigReader::output).orElse(Output.DEFAULT);
        Optional<Thinking> thinking = config.flatMap(ConfigReader::thinking);
        Optional<String> tier = fields.someText("serviceTier");
        ToolUse use =
                tools.isEmpty() && choice.isEmpty()
                        ? ToolUse.NONE
                        : new ToolUse(tools, choice, Optional.empty(), Beside.NONE);
        return new ChatRequest(
                model(request, body),
                turns,
                use,
                sampling,
                output,
                thinking,
                Delivery.UNARY.withStream(request.stream().orElse(false)).withServiceTier(tier),
                Caller.UNKNOWN,
                fields.rest());
    }

    private static String model(WireRequest request, Json body) {
        String model =
                request.model()
                        .or(() -> body.get("model").filter(Json::isString).map(Json::text))
                        .orElse("");
        return model.startsWith(MODELS) ? model.substring(MODELS.length()) : model;
    }
}
