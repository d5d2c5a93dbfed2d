package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.CacheMark;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolUse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tools and the choice among them. Stateless: any thread. */
final class ToolShapes {
    private static final Json NO_PARAMETERS = Json.parse("{\"type\":\"object\",\"properties\":{}}");

    private ToolShapes() {}

    static ToolUse read(Fields request) {
        List<Tool> tools = new ArrayList<>();
        for (Fields tool : request.objects("tools")) {
            tools.add(tool(tool));
        }
        Optional<Fields> choice = request.object("tool_choice");
        if (choice.isEmpty()) {
            return new ToolUse(tools, Optional.empty(), Optional.empty(), Beside.NONE);
        }
        Optional<Boolean> parallel =
                choice.get().flag("disable_parallel_tool_use").map(disabled -> !disabled);
        return new ToolUse(tools, Optional.of(choice(choice.get())), parallel, Beside.NONE);
    }

    private static Tool tool(Fields tool) {
        Optional<Json> type = tool.peek("type").filter(t -> !t.is("custom"));
        if (type.isPresent()) {
            if (!type.get().isString()) {
                throw tool.invalid("type", "a string");
            }
            return new Tool.Hosted(Own.ORIGIN, type.get().text(), tool.whole());
        }
        String name = tool.needText("name");
        Optional<JsonString> description = tool.string("description");
        Optional<Json> schema = tool.json("input_schema");
        if (schema.isPresent() && !schema.get().isObject()) {
            throw tool.invalid("input_schema", "an object");
        }
        Optional<Boolean> strict = tool.flag("strict");
        Optional<CacheMark> cache = CacheControl.read(tool);
        Beside rest = tool.rest(Own.ORIGIN);
        return new Tool.Function(name, description, schema, strict, cache, rest);
    }

    private static ToolChoice choice(Fields choice) {
        return switch (choice.needText("type")) {
            case "auto" -> new ToolChoice.Auto();
            case "any" -> new ToolChoice.Required();
            case "none" -> new ToolChoice.None();
            case "tool" -> new ToolChoice.Named(choice.needText("name"));
            default -> throw choice.invalid("type", "auto, any, tool or none");
        };
    }

    static void write(ToolUse use, JsonObject body) {
        if (use.tools().isEmpty()) {
            return;
        }
        JsonArray tools = body.array("tools");
        for (Tool tool : use.tools()) {
            switch (tool) {
                case Tool.Function function -> tools.add(function(function));
                case Tool.Custom custom -> tools.add(custom(custom));
                case Tool.Hosted hosted -> {
                    if (hosted.origin() == Own.ORIGIN) {
                        tools.add(hosted.raw());
                    }
                }
            }
        }
        ToolChoice choice = use.choice().orElse(null);
        if (choice == null && use.parallel().isEmpty()) {
            return;
        }
        JsonObject object = body.object("tool_choice");
        switch (choice) {
            case null -> object.put("type", "auto");
            case ToolChoice.Auto ignored -> object.put("type", "auto");
            case ToolChoice.None ignored -> object.put("type", "none");
            case ToolChoice.Required ignored -> object.put("type", "any");
            case ToolChoice.Named(String name) -> object.put("type", "tool").put("name", name);
            case ToolChoice.Allowed allowed ->
                    object.put("type", allowed.required() ? "any" : "auto");
        }
        if (!(choice instanceof ToolChoice.None)) {
            object.put("disable_parallel_tool_use", use.parallel().map(parallel -> !parallel));
        }
    }

    private static JsonObject function(Tool.Function function) {
        JsonObject tool =
                new JsonObject()
                        .put("name", function.name())
                        .put("description", function.description())
                        .put("input_schema", function.parameters().orElse(NO_PARAMETERS))
                        .put("strict", function.strict());
        CacheControl.write(function.cache(), tool);
        tool.merge(function.beside().of(Own.ORIGIN));
        return tool;
    }

    /** A tool that takes free text has no form here but that of its one parameter. */
    private static JsonObject custom(Tool.Custom custom) {
        return new JsonObject()
                .put("name", custom.name())
                .put("description", custom.description())
                .put("input_schema", NO_PARAMETERS);
    }
}
