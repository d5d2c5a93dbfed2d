package io.fairlead.protocol.responses;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolUse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads tools and how they may be used. Stateless: any thread. */
final class ToolsReader {
    private ToolsReader() {}

    static ToolUse read(Fields request) {
        List<Tool> tools = new ArrayList<>();
        if (request.peek("tools").filter(t -> t.isArray() && t.isEmpty()).isPresent()) {
            request.form("tools:none");
        }
        for (Fields tool : request.objects("tools")) {
            tools.add(tool(tool));
        }
        Optional<ToolChoice> choice = choice(request);
        return new ToolUse(tools, choice, request.flag("parallel_tool_calls"), Beside.NONE);
    }

    private static Tool tool(Fields tool) {
        String type = tool.needText("type");
        return switch (type) {
            case "function" -> function(tool);
            case "custom" ->
                    new Tool.Custom(
                            tool.needText("name"),
                            tool.text("description"),
                            tool.json("format"),
                            tool.rest(Wire.SELF));
            default -> new Tool.Hosted(Wire.SELF, type, tool.whole());
        };
    }

    /**
     * A function. Not strict is what other protocols have by default, but not this one, where
     * nothing said means strict as far as the schema allows: so the word {@code false} is our
     * default, and its absence a form.
     */
    private static Tool function(Fields tool) {
        String name = tool.needText("name");
        Optional<Boolean> strict = tool.flag("strict");
        if (strict.isEmpty()) {
            tool.form("strict:unsaid");
        }
        tool.form("own");
        return new Tool.Function(
                name,
                tool.string("description"),
                tool.json("parameters"),
                strict.filter(Boolean::booleanValue),
                Optional.empty(),
                tool.rest(Wire.SELF));
    }

    private static Optional<ToolChoice> choice(Fields request) {
        Optional<Json> choice = request.peek("tool_choice");
        if (choice.isEmpty()) {
            return Optional.empty();
        }
        if (choice.get().isString()) {
            request.take("tool_choice");
            return Optional.of(word(request, choice.get().text()));
        }
        return choice(request, request.needObject("tool_choice"));
    }

    private static ToolChoice word(Fields request, String word) {
        return switch (word) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Required();
            default -> throw request.invalid("tool_choice", "auto, none, required or an object");
        };
    }

    /** A choice as an object; one of a tool that runs at the provider stays in the rest. */
    private static Optional<ToolChoice> choice(Fields request, Fields choice) {
        String type = choice.peek("type").filter(Json::isString).map(Json::text).orElse("");
        return switch (type) {
            case "" -> throw choice.invalid("type", "the type of a choice");
            case "function", "custom" -> {
                String name = choice.needText("name");
                choice.take("type");
                if (type.equals("custom")) {
                    request.form(ToolsWriter.CUSTOM + name);
                }
                yield Optional.of(new ToolChoice.Named(name));
            }
            case "allowed_tools" -> allowed(request, choice);
            default -> Optional.empty();
        };
    }

    private static Optional<ToolChoice> allowed(Fields request, Fields choice) {
        List<String> names = new ArrayList<>();
        List<String> custom = new ArrayList<>();
        for (Json tool : choice.peek("tools").orElse(Json.EMPTY_ARRAY).elements()) {
            String type = text(tool, "type");
            String name = text(tool, "name");
            boolean known = type.equals("function") || type.equals("custom");
            if (!known || name.isEmpty() || tool.members().size() != 2) {
                return Optional.empty();
            }
            if (type.equals("custom")) {
                custom.add(name);
            }
            names.add(name);
        }
        custom.forEach(name -> request.form(ToolsWriter.CUSTOM + name));
        choice.take("type");
        choice.take("tools");
        boolean required = choice.text("mode").filter("required"::equals).isPresent();
        return Optional.of(new ToolChoice.Allowed(required, names));
    }

    private static String text(Json object, String name) {
        return object.get(name).filter(Json::isString).map(Json::text).orElse("");
    }
}
