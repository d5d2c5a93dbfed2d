package io.fairlead.protocol.responses;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolUse;

import java.util.HashSet;
import java.util.Set;

/** Writes tools and how they may be used. Stateless: any thread. */
final class ToolsWriter {
    /** Before the name of a tool that is chosen as a custom one. */
    static final String CUSTOM = "choice:custom:";

    /** The schema of a function that takes nothing. */
    private static final Json NOTHING = Json.parse("{\"type\":\"object\",\"properties\":{}}");

    private ToolsWriter() {}

    static void write(JsonObject request, ToolUse use, Beside beside) {
        if (!use.tools().isEmpty() || Wire.form(beside, "tools:none")) {
            JsonArray tools = request.array("tools");
            use.tools().forEach(tool -> tool(tools, tool));
        }
        use.choice().ifPresent(choice -> choice(request, choice, custom(use, beside)));
        request.put("parallel_tool_calls", use.parallel());
    }

    private static void tool(JsonArray tools, Tool tool) {
        switch (tool) {
            case Tool.Function function -> tools.add(function(function));
            case Tool.Custom custom -> {
                JsonObject object =
                        new JsonObject()
                                .put("type", "custom")
                                .put("name", custom.name())
                                .put("description", custom.description())
                                .put("format", custom.format());
                object.merge(custom.beside().of(Wire.SELF));
                tools.add(object);
            }
            case Tool.Hosted hosted -> {
                if (hosted.origin() == Wire.SELF) {
                    tools.add(hosted.raw());
                }
            }
        }
    }

    private static JsonObject function(Tool.Function function) {
        Beside beside = function.beside();
        JsonObject object =
                new JsonObject()
                        .put("type", "function")
                        .put("name", function.name())
                        .put("description", function.description())
                        .put("parameters", function.parameters());
        if (!Wire.form(beside, "strict:unsaid")) {
            object.put("strict", function.strict().orElse(false));
        } else {
            object.put("strict", function.strict());
        }
        if (function.parameters().isEmpty() && !Wire.own(beside)) {
            object.put("parameters", NOTHING);
        }
        object.merge(beside.of(Wire.SELF));
        return object;
    }

    /** The custom tools by name: they are chosen in another form. */
    private static Set<String> custom(ToolUse use, Beside beside) {
        Set<String> names = new HashSet<>();
        for (Tool tool : use.tools()) {
            if (tool instanceof Tool.Custom custom) {
                names.add(custom.name());
            }
        }
        if (Wire.own(beside)) {
            for (String form : beside.forms()) {
                if (form.startsWith(CUSTOM)) {
                    names.add(form.substring(CUSTOM.length()));
                }
            }
        }
        return names;
    }

    private static void choice(JsonObject request, ToolChoice choice, Set<String> custom) {
        switch (choice) {
            case ToolChoice.Auto ignored -> request.put("tool_choice", "auto");
            case ToolChoice.None ignored -> request.put("tool_choice", "none");
            case ToolChoice.Required ignored -> request.put("tool_choice", "required");
            case ToolChoice.Named(String name) ->
                    request.put("tool_choice", reference(name, custom));
            case ToolChoice.Allowed allowed -> {
                JsonObject object =
                        new JsonObject()
                                .put("type", "allowed_tools")
                                .put("mode", allowed.required() ? "required" : "auto");
                JsonArray tools = object.array("tools");
                allowed.names().forEach(name -> tools.add(reference(name, custom)));
                request.put("tool_choice", object);
            }
        }
    }

    private static JsonObject reference(String name, Set<String> custom) {
        return new JsonObject()
                .put("type", custom.contains(name) ? "custom" : "function")
                .put("name", name);
    }
}
