package io.fairlead.simulator.openai;

import io.fairlead.simulator.openai.Prompt.Choice;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a {@link Prompt} out of a request of the chat or of the responses API. Every message costs
 * four tokens more than its text, a picture 85, any other part that is no text 50, and tools and
 * schemas what their JSON costs. Stateless.
 */
final class PromptReader {
    private static final int MESSAGE_TOKENS = 4;
    private static final int IMAGE_TOKENS = 85;
    private static final int MEDIA_TOKENS = 50;

    private PromptReader() {}

    static Prompt chat(JsonNode request) {
        String user = "";
        Optional<String> toolResult = Optional.empty();
        int tokens = 0;
        for (JsonNode message : request.path("messages")) {
            String role = message.path("role").asString("");
            String text = text(message.path("content"));
            tokens += MESSAGE_TOKENS + SimTokens.count(text) + media(message.path("content"));
            tokens += message.has("tool_calls") ? jsonTokens(message.get("tool_calls")) : 0;
            toolResult =
                    role.equals("tool") || role.equals("function")
                            ? Optional.of(text)
                            : Optional.empty();
            user = role.equals("user") ? text : user;
        }
        JsonNode format = request.path("response_format");
        return prompt(
                request,
                user,
                tokens,
                toolResult,
                first(request, "max_completion_tokens", "max_tokens"),
                format.path("type").asString(""),
                format.path("json_schema").path("schema"));
    }

    static Prompt responses(JsonNode request) {
        String user = "";
        Optional<String> toolResult = Optional.empty();
        int tokens = SimTokens.count(text(request.path("instructions")));
        JsonNode input = request.path("input");
        if (input.isString()) {
            user = input.asString();
            tokens += MESSAGE_TOKENS + SimTokens.count(user);
        }
        for (JsonNode item : input.isArray() ? input : Json.MAPPER.createArrayNode()) {
            String type = item.path("type").asString("message");
            String text = text(type.equals("message") ? item.path("content") : item.path("output"));
            tokens += MESSAGE_TOKENS + SimTokens.count(text) + media(item.path("content"));
            tokens += type.equals("function_call") ? jsonTokens(item.path("arguments")) : 0;
            toolResult = type.equals("function_call_output") ? Optional.of(text) : Optional.empty();
            user = item.path("role").asString("").equals("user") ? text : user;
        }
        JsonNode format = request.path("text").path("format");
        return prompt(
                request,
                user,
                tokens,
                toolResult,
                first(request, "max_output_tokens"),
                format.path("type").asString(""),
                format.path("schema"));
    }

    private static Prompt prompt(
            JsonNode request,
            String user,
            int textTokens,
            Optional<String> toolResult,
            Optional<Integer> maxTokens,
            String format,
            JsonNode schema) {
        int tokens = textTokens;
        List<Prompt.Tool> tools = new ArrayList<>();
        for (JsonNode tool : request.path("tools")) {
            tokens += jsonTokens(tool);
            JsonNode function = tool.has("function") ? tool.get("function") : tool;
            if (tool.path("type").asString("").equals("function")) {
                tools.add(
                        new Prompt.Tool(
                                function.path("name").asString(""), function.path("parameters")));
            }
        }
        Optional<JsonNode> json = Optional.empty();
        if (format.equals("json_schema")) {
            tokens += jsonTokens(schema);
            json = Optional.of(schema);
        } else if (format.equals("json_object")) {
            json = Optional.of(Json.MAPPER.createObjectNode());
        }
        JsonNode choice = request.path("tool_choice");
        return new Prompt(
                user,
                tokens,
                tools,
                choice(choice),
                forced(choice),
                toolResult,
                maxTokens,
                stops(request.path("stop")),
                json);
    }

    private static Choice choice(JsonNode choice) {
        if (choice.isObject()) {
            return Choice.REQUIRED;
        }
        return switch (choice.asString("auto")) {
            case "none" -> Choice.NONE;
            case "required" -> Choice.REQUIRED;
            default -> Choice.AUTO;
        };
    }

    private static Optional<String> forced(JsonNode choice) {
        JsonNode name = choice.path("function").path("name");
        name = name.isString() ? name : choice.path("name");
        return name.isString() ? Optional.of(name.asString()) : Optional.empty();
    }

    private static List<String> stops(JsonNode stop) {
        List<String> stops = new ArrayList<>();
        if (stop.isString()) {
            stops.add(stop.asString());
        }
        for (JsonNode each : stop.isArray() ? stop : Json.MAPPER.createArrayNode()) {
            stops.add(each.asString());
        }
        stops.removeIf(String::isEmpty);
        return stops;
    }

    private static Optional<Integer> first(JsonNode request, String... names) {
        for (String name : names) {
            if (request.path(name).isInt()) {
                return Optional.of(Math.max(0, request.get(name).asInt()));
            }
        }
        return Optional.empty();
    }

    /** A string, or the text parts of a list. */
    private static String text(JsonNode content) {
        if (content.isString()) {
            return content.asString();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content.isArray() ? content : Json.MAPPER.createArrayNode()) {
            if (part.path("text").isString()) {
                text.append(text.isEmpty() ? "" : "\n").append(part.get("text").asString());
            }
        }
        return text.toString();
    }

    private static int media(JsonNode content) {
        int tokens = 0;
        for (JsonNode part : content.isArray() ? content : Json.MAPPER.createArrayNode()) {
            if (!part.path("text").isString()) {
                tokens +=
                        part.path("type").asString("").contains("image")
                                ? IMAGE_TOKENS
                                : MEDIA_TOKENS;
            }
        }
        return tokens;
    }

    private static int jsonTokens(JsonNode node) {
        return node.isMissingNode() ? 0 : SimTokens.count(node.toString());
    }
}
