package io.fairlead.protocol.bedrock;

import static io.fairlead.protocol.bedrock.BedrockConverseProtocol.ORIGIN;

import io.fairlead.protocol.codec.Paths;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Sampling;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolUse;
import io.fairlead.protocol.model.Turn;

/** Writes requests of Converse and ConverseStream. Stateless: any thread. */
final class RequestWriter {
    private static final Json NO_ARGUMENTS = Json.parse("{\"type\":\"object\",\"properties\":{}}");

    private RequestWriter() {}

    static ProviderRequest write(ChatRequest request) {
        JsonObject root = new JsonObject();
        turns(request, root);
        inference(request, root);
        tools(request.tools(), root);
        request.output().format().ifPresent(format -> format(format, root));
        ModelFields.write(request, root);
        request.delivery()
                .serviceTier()
                .ifPresent(tier -> root.object("serviceTier").put("type", tier));
        root.put("requestMetadata", request.caller().metadata());
        root.merge(request.beside().of(ORIGIN));
        return ProviderRequest.of(path(request), root);
    }

    /** The model's id may be an ARN, with colons and slashes. */
    private static String path(ChatRequest request) {
        String operation = request.delivery().stream() ? "/converse-stream" : "/converse";
        return "/model/" + Paths.segment(request.model()) + operation;
    }

    private static void turns(ChatRequest request, JsonObject root) {
        for (Turn turn : request.turns()) {
            if (turn.role().instructs()) {
                PartWriter.parts(turn.parts(), root.array("system"));
                continue;
            }
            JsonObject message = root.array("messages").addObject();
            message.put("role", turn.role() == Role.USER ? "user" : "assistant");
            PartWriter.parts(turn.parts(), message.array("content"));
            message.merge(turn.beside().of(ORIGIN));
        }
    }

    private static void inference(ChatRequest request, JsonObject root) {
        Sampling sampling = request.sampling();
        JsonObject config = new JsonObject();
        config.put("maxTokens", request.output().maxTokens());
        config.put("temperature", sampling.temperature());
        config.put("topP", sampling.topP());
        if (!sampling.stop().isEmpty()) {
            config.put("stopSequences", JsonArray.ofTexts(sampling.stop()));
        }
        if (!config.isEmpty()) {
            root.put("inferenceConfig", config);
        }
    }

    private static void tools(ToolUse use, JsonObject root) {
        if (use.tools().isEmpty()) {
            return;
        }
        JsonObject config = root.object("toolConfig");
        JsonArray tools = config.array("tools");
        for (Tool tool : use.tools()) {
            switch (tool) {
                case Tool.Function function -> function(function, tools);
                case Tool.Custom custom -> custom(custom, tools);
                case Tool.Hosted hosted -> {
                    if (hosted.origin() == ORIGIN) {
                        tools.add(hosted.raw());
                    }
                }
            }
        }
        use.choice().ifPresent(choice -> choice(choice, config));
    }

    private static void function(Tool.Function function, JsonArray tools) {
        JsonObject element = tools.addObject();
        JsonObject spec = element.object("toolSpec");
        spec.put("name", function.name());
        spec.put("description", function.description());
        spec.object("inputSchema").put("json", function.parameters().orElse(NO_ARGUMENTS));
        spec.put("strict", function.strict());
        element.merge(function.beside().of(ORIGIN));
        function.cache().ifPresent(mark -> tools.add(PartWriter.cachePoint(mark)));
    }

    /** Never met: the table makes functions of them. */
    private static void custom(Tool.Custom custom, JsonArray tools) {
        JsonObject spec = tools.addObject().object("toolSpec");
        spec.put("name", custom.name());
        spec.put("description", custom.description());
        spec.object("inputSchema").put("json", NO_ARGUMENTS);
    }

    private static void choice(ToolChoice choice, JsonObject config) {
        switch (choice) {
            case ToolChoice.Auto ignored -> config.object("toolChoice").object("auto");
            case ToolChoice.Required ignored -> config.object("toolChoice").object("any");
            case ToolChoice.Named(String name) ->
                    config.object("toolChoice").object("tool").put("name", name);
            case ToolChoice.None ignored -> {
                // The table sends no tools instead.
            }
            case ToolChoice.Allowed ignored -> {
                // The table sends only those tools.
            }
        }
    }

    private static void format(OutputFormat format, JsonObject root) {
        if (format instanceof OutputFormat.JsonSchema schema) {
            JsonObject text = root.object("outputConfig").object("textFormat");
            text.put("type", "json_schema");
            JsonObject written = text.object("structure").object("jsonSchema");
            written.put("schema", schema.schema().toString());
            written.put("name", schema.name());
            written.put("description", schema.description());
        }
    }
}
