package io.fairlead.protocol.responses;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatRequest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a response repeats of its request, with the defaults that stand where the request is silent.
 * Stateless: any thread.
 */
final class Echo {
    private static final Map<String, Json> DEFAULTS =
            members(
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

    private static Map<String, Json> members(String object) {
        Map<String, Json> members = new LinkedHashMap<>();
        Json.parse(object).members().forEach(it -> members.put(it.name(), it.value()));
        return Collections.unmodifiableMap(members);
    }

    /** Adds what is not there yet. */
    static void into(JsonObject response, ChatRequest request) {
        JsonObject said = new JsonObject();
        RequestWriter.instructions(request)
                .ifPresent(instructions -> said.put("instructions", instructions));
        RequestWriter.parameters(said, request);
        said.merge(request.beside().of(Wire.SELF));
        if (said.has("tools")) {
            said.array("tools").objects().forEach(Echo::complete);
        }
        said.retain(REPEATED);
        response.merge(said);
        response.merge(DEFAULTS);
    }

    /** Functions always have a schema and say whether they are strict. */
    private static void complete(JsonObject tool) {
        if (!tool.says("type", "function")) {
            return;
        }
        if (!tool.has("strict")) {
            tool.put("strict", true);
        }
        if (!tool.has("parameters")) {
            tool.putNull("parameters");
        }
    }
}
