package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolUse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tools of a request and the choice among them; {@code functions} and {@code function_call} as
 * they were before. Immutable: any thread.
 */
final class ToolsForm {
    /** Tools are declared as {@code functions}. */
    static final String LEGACY = "functions";

    /** A tool of OpenAI's that has a member of its own. */
    static final String WEB_SEARCH = "web_search_options";

    private final Dialect dialect;
    private final ToolForm tools;

    ToolsForm(Dialect dialect) {
        this.dialect = dialect;
        this.tools = new ToolForm(dialect);
    }

    /** Whether these tools were declared as functions, so that calls must be told so too. */
    static boolean isLegacy(ToolUse use, Dialect dialect) {
        return use.beside().form(dialect.protocol(), LEGACY);
    }

    ToolUse read(Fields request) {
        List<Tool> all = new ArrayList<>();
        if (Own.list(request, "tools").isPresent()) {
            request.objects("tools").forEach(tool -> all.add(tools.read(tool)));
        }
        boolean legacy = Own.list(request, "functions").isPresent();
        if (legacy) {
            for (Fields function : request.objects("functions")) {
                all.add(tools.function(function, function));
            }
        }
        request.object(WEB_SEARCH)
                .ifPresent(search -> {
                    request.take(WEB_SEARCH);
                    all.add(new Tool.Hosted(dialect.protocol(), WEB_SEARCH, search.whole()));
                });
        Optional<ToolChoice> choice = choice(request);
        return new ToolUse(
                all,
                choice.or(() -> legacyChoice(request)),
                request.flag("parallel_tool_calls"),
                legacy ? Own.form(dialect.protocol(), LEGACY) : Beside.NONE);
    }

    private Optional<ToolChoice> choice(Fields request) {
        Optional<Json> value = request.peek("tool_choice");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!value.get().isObject()) {
            String word = request.needText("tool_choice");
            return Optional.of(
                    switch (word) {
                        case "auto" -> new ToolChoice.Auto();
                        case "none" -> new ToolChoice.None();
                        case "required", "any" -> new ToolChoice.Required();
                        default ->
                                throw request.invalid(
                                        "tool_choice", "auto, none, required or a named tool");
                    });
        }
        Fields object = request.needObject("tool_choice");
        String type = object.needText("type");
        return Optional.of(
                switch (type) {
                    case "function", "custom" ->
                            new ToolChoice.Named(object.needObject(type).needText("name"));
                    case "allowed_tools" -> allowed(object.needObject("allowed_tools"));
                    case "auto" -> new ToolChoice.Auto();
                    case "none" -> new ToolChoice.None();
                    case "required", "any" -> new ToolChoice.Required();
                    default -> throw object.invalid("type", "function, custom or allowed_tools");
                });
    }

    private static ToolChoice allowed(Fields allowed) {
        List<String> names = new ArrayList<>();
        for (Fields tool : allowed.objects("tools")) {
            names.add(tool.needObject(tool.needText("type")).needText("name"));
        }
        return new ToolChoice.Allowed(allowed.needText("mode").equals("required"), names);
    }

    private static Optional<ToolChoice> legacyChoice(Fields request) {
        Optional<Json> value = request.peek("function_call");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get().isObject()) {
            return Optional.of(
                    new ToolChoice.Named(request.needObject("function_call").needText("name")));
        }
        return Optional.of(
                switch (request.needText("function_call")) {
                    case "auto" -> new ToolChoice.Auto();
                    case "none" -> new ToolChoice.None();
                    default ->
                            throw request.invalid(
                                    "function_call", "auto, none or a named function");
                });
    }

    void write(ToolUse use, JsonObject request) {
        boolean legacy = isLegacy(use, dialect);
        JsonArray declared = new JsonArray();
        for (Tool tool : use.tools()) {
            if (tool instanceof Tool.Hosted hosted && hosted.name().equals(WEB_SEARCH)) {
                if (hosted.origin() == dialect.protocol()) {
                    request.put(WEB_SEARCH, hosted.raw());
                }
            } else if (legacy) {
                tools.writeLegacy(tool, declared);
            } else {
                tools.write(tool, declared);
            }
        }
        if (!declared.isEmpty()) {
            request.put(legacy ? LEGACY : "tools", declared);
        }
        if (use.choice().isPresent()) {
            if (legacy) {
                writeLegacy(use.choice().get(), request);
            } else {
                write(use.choice().get(), use, request);
            }
        }
        request.put("parallel_tool_calls", use.parallel());
    }

    private void write(ToolChoice choice, ToolUse use, JsonObject request) {
        switch (choice) {
            case ToolChoice.Auto ignored -> request.put("tool_choice", "auto");
            case ToolChoice.None ignored -> request.put("tool_choice", "none");
            case ToolChoice.Required ignored -> request.put("tool_choice", dialect.anyTool());
            case ToolChoice.Named(String name) -> named(name, use, request.object("tool_choice"));
            case ToolChoice.Allowed allowed -> {
                JsonObject object = request.object("tool_choice").put("type", "allowed_tools");
                JsonObject body = object.object("allowed_tools");
                body.put("mode", allowed.required() ? "required" : "auto");
                JsonArray names = body.array("tools");
                allowed.names().forEach(name -> named(name, use, names.addObject()));
            }
        }
    }

    private static void named(String name, ToolUse use, JsonObject object) {
        String type = "function";
        for (Tool tool : use.tools()) {
            if (tool instanceof Tool.Custom && tool.name().equals(name)) {
                type = "custom";
            }
        }
        object.put("type", type).object(type).put("name", name);
    }

    private static void writeLegacy(ToolChoice choice, JsonObject request) {
        switch (choice) {
            case ToolChoice.None ignored -> request.put("function_call", "none");
            case ToolChoice.Named(String name) -> request.object("function_call").put("name", name);
            default -> request.put("function_call", "auto");
        }
    }
}
