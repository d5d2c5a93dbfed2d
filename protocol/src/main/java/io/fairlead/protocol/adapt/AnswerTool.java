package io.fairlead.protocol.adapt;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolUse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A format of the answer as a tool that takes the answer as its arguments. The client's own tools
 * may be called besides. Stateless: any thread.
 */
@FunctionalInterface
interface AnswerTool extends Rewrite {
    /** The member that a schema of anything but an object stands in. */
    String VALUE = "value";

    /** Whether this format becomes a tool. */
    boolean concerns(OutputFormat format);

    @Override
    @SuppressWarnings("FunctionalInterfaceMethodChanged") // what is given is one of its steps
    default ChatRequest apply(ChatRequest request, ModelFacts model) {
        Optional<OutputFormat> format = request.output().format().filter(this::concerns);
        if (format.isEmpty()) {
            return request;
        }
        ChatRequest free = FormatRewrites.format(request, Optional.empty());
        ToolUse use = request.tools();
        if (ChoiceRewrites.choice(request) instanceof ToolChoice.Named) {
            // Another tool must be called now: there is no text whose format could matter.
            return free;
        }
        List<Tool> tools = new ArrayList<>(use.tools());
        tools.add(tool(format.get(), name(request)));
        boolean only =
                use.tools().isEmpty() || ChoiceRewrites.choice(request) instanceof ToolChoice.None;
        ToolUse now = use.withTools(tools).withChoice(Optional.of(choice(request, only)));
        return free.withTools(only ? now.withParallel(Optional.empty()) : now);
    }

    private static ToolChoice choice(ChatRequest request, boolean only) {
        String name = name(request);
        if (only) {
            return new ToolChoice.Named(name);
        }
        if (ChoiceRewrites.choice(request)
                instanceof ToolChoice.Allowed(boolean ignored, List<String> names)) {
            List<String> more = new ArrayList<>(names);
            more.add(name);
            return new ToolChoice.Allowed(true, more);
        }
        return new ToolChoice.Required();
    }

    @Override
    default Optional<AnswerRewrite> answer(ChatRequest request) {
        return ChoiceRewrites.choice(request) instanceof ToolChoice.Named
                ? Optional.empty()
                : Optional.of(
                        new AnswerUnwrapped(
                                name(request),
                                request.output().format().filter(f -> !takesObject(f)).isPresent()
                                        ? Optional.of(VALUE)
                                        : Optional.empty()));
    }

    /** A name that no tool of the client's has. */
    private static String name(ChatRequest request) {
        String name = "answer";
        for (int again = 2; taken(request, name); again++) {
            name = "answer_" + again;
        }
        return name;
    }

    private static boolean taken(ChatRequest request, String name) {
        for (Tool tool : request.tools().tools()) {
            if (tool.name().equals(name)) {
                return true;
            }
        }
        return ToolRewrites.namesById(request).containsValue(name);
    }

    private static Tool tool(OutputFormat format, String name) {
        String what = "Gives the final answer to the user. Call it once, with the whole answer.";
        Optional<String> said =
                format instanceof OutputFormat.JsonSchema schema
                        ? schema.description()
                        : Optional.empty();
        return Tool.Function.of(
                name, what + said.map(d -> " The answer: " + d).orElse(""), parameters(format));
    }

    private static boolean takesObject(OutputFormat format) {
        return !(format instanceof OutputFormat.JsonSchema schema)
                || schema.schema().get("type").filter(type -> type.is("object")).isPresent();
    }

    private static Json parameters(OutputFormat format) {
        if (!(format instanceof OutputFormat.JsonSchema schema)) {
            return ToolRewrites.OPEN_SCHEMA;
        }
        if (takesObject(format)) {
            return schema.schema();
        }
        JsonObject root = new JsonObject().put("type", "object");
        JsonObject value = root.object("properties").object(VALUE);
        for (Json.Member member : schema.schema().members()) {
            // References begin at the root, so what they name must stand there.
            boolean named = member.name().equals("$defs") || member.name().equals("definitions");
            (named ? root : value).put(member.name(), member.value());
        }
        return root.put("required", JsonArray.ofTexts(List.of(VALUE)))
                .put("additionalProperties", false)
                .toJson();
    }
}
