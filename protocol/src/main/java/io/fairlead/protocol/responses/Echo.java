package io.fairlead.protocol.responses;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatRequest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a response repeats of its request, with the defaults that stand where the request is silent.
 * Stateless: any thread.
 */
final class Echo {
    private static final Json DEFAULTS =
            Json.parse(
                    "{\"background\":false,\"error\":null,\"incomplete_details\":null,"
                            + "\"instructions\":null,\"max_output_tokens\":null,"
                            + "\"max_tool_calls\":null,\"metadata\":{},\"output\":[],"
                            + "\"parallel_tool_calls\":true,\"previous_response_id\":null,"
                            + "\"prompt_cache_key\":null,"
                            + "\"reasoning\":{\"effort\":null,\"summary\":null},"
                            + "\"safety_identifier\":null,\"service_tier\":\"default\","
                            + "\"store\":true,\"temperature\":1.0,"
                            + "\"text\":{\"format\":{\"type\":\"text\"}},"
                            + "\"tool_choice\":\"auto\",\"tools\":[],\"top_logprobs\":0,"
                            + "\"top_p\":1.0,\"truncation\":\"disabled\",\"usage\":null,"
                            + "\"user\":null}");

    /** Of the request's members nobody knows, a response has these. */
    private static final Set<String> REPEATED =
            Set.of(
                    "instructions",
                    "max_output_tokens",
                    "max_tool_calls",
                    "metadata",
                    "parallel_tool_calls",
                    "previous_response_id",
                    "prompt",
                    "prompt_cache_key",
                    "prompt_cache_retention",
                    "reasoning",
                    "safety_identifier",
                    "service_tier",
                    "store",
                    "temperature",
                    "text",
                    "tool_choice",
                    "tools",
                    "top_logprobs",
                    "top_p",
                    "truncation",
                    "user",
                    "background");

    private Echo() {}

    static Map<String, Json> of(ChatRequest request) {
        JsonObject written = new JsonObject();
        RequestWriter.instructions(request)
                .ifPresent(instructions -> written.put("instructions", instructions));
        RequestWriter.parameters(written, request);
        written.merge(request.beside().of(Wire.SELF));
        Map<String, Json> members = new LinkedHashMap<>();
        DEFAULTS.members().forEach(member -> members.put(member.name(), member.value()));
        for (Json.Member member : written.toJson().members()) {
            if (REPEATED.contains(member.name()) && !member.value().isNull()) {
                members.put(member.name(), complete(member));
            }
        }
        return members;
    }

    private static Json complete(Json.Member member) {
        return switch (member.name()) {
            case "tools" -> tools(member.value());
            case "text" -> text(member.value());
            default -> member.value();
        };
    }

    private static Json text(Json text) {
        JsonObject complete = new JsonObject();
        text.members().forEach(member -> complete.put(member.name(), member.value()));
        if (!complete.has("format")) {
            complete.object("format").put("type", "text");
        }
        return complete.toJson();
    }

    /** Functions always have a schema and say whether they are strict. */
    private static Json tools(Json tools) {
        JsonArray complete = new JsonArray();
        for (Json tool : tools.elements()) {
            if (tool.get("type").filter(type -> type.is("function")).isPresent()
                    && (tool.get("strict").isEmpty() || tool.get("parameters").isEmpty())) {
                JsonObject function = new JsonObject();
                tool.members().forEach(member -> function.put(member.name(), member.value()));
                if (!function.has("strict")) {
                    function.put("strict", true);
                }
                if (!function.has("parameters")) {
                    function.putNull("parameters");
                }
                complete.add(function);
            } else {
                complete.add(tool);
            }
        }
        return complete.toJson();
    }
}
