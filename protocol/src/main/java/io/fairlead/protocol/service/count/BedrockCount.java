package io.fairlead.protocol.service.count;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.bedrock.BedrockConverseProtocol;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Paths;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatRequest;

import java.util.Set;

/**
 * Bedrock's {@code count-tokens}, which counts what Converse would read. It is for Claude only, and
 * knows models by their own ids, not by those of profiles that spread requests over regions: {@code
 * us.anthropic.…}. Stateless.
 */
record BedrockCount() implements CountForm {
    private static final String CLAUDE = "anthropic.claude";

    /** What of a Converse request it takes. */
    private static final Set<String> TAKEN =
            Set.of("messages", "system", "toolConfig", "additionalModelRequestFields");

    @Override
    public boolean counts(String model) {
        return model.contains(CLAUDE);
    }

    @Override
    public ChatProtocol protocol(Protocol provider) {
        return new BedrockConverseProtocol();
    }

    @Override
    public ProviderRequest request(Protocol provider, ChatRequest conversation) {
        JsonObject input = new JsonObject();
        ProviderRequest converse = protocol(provider).writeRequest(conversation);
        for (Json.Member member : Fields.parse(converse.body()).members()) {
            if (TAKEN.contains(member.name())) {
                input.put(member.name(), member.value());
            }
        }
        JsonObject body = new JsonObject();
        body.object("input").put("converse", input);
        return ProviderRequest.of(
                "/model/" + Paths.segment(plain(conversation.model())) + "/count-tokens", body);
    }

    private static String plain(String model) {
        return model.substring(Math.max(0, model.indexOf(CLAUDE)));
    }
}
