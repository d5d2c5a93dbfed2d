package io.fairlead.protocol.service.count;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;

import java.util.Set;

/** Writes requests of OpenAI's {@code /responses/input_tokens}. Stateless. */
final class InputTokens {
    /** What of a request for a response it takes, after OpenAI's API reference. */
    private static final Set<String> TAKEN =
            Set.of(
                    "conversation",
                    "input",
                    "instructions",
                    "model",
                    "parallel_tool_calls",
                    "personality",
                    "previous_response_id",
                    "reasoning",
                    "text",
                    "tool_choice",
                    "tools",
                    "truncation");

    private InputTokens() {}

    static ProviderRequest request(ProviderRequest response) {
        JsonObject body = new JsonObject();
        for (Json.Member member : Fields.parse(response.body()).members()) {
            if (TAKEN.contains(member.name())) {
                body.put(member.name(), member.value());
            }
        }
        return ProviderRequest.of("/responses/input_tokens", body);
    }
}
