package io.fairlead.protocol.translate;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.anthropic.AnthropicProtocol;
import io.fairlead.protocol.bedrock.BedrockConverseProtocol;
import io.fairlead.protocol.chat.OpenAiChatProtocol;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.cohere.CohereProtocol;
import io.fairlead.protocol.gemini.GeminiProtocol;
import io.fairlead.protocol.mistral.MistralChatProtocol;
import io.fairlead.protocol.ollama.OllamaProtocol;
import io.fairlead.protocol.responses.OpenAiResponsesProtocol;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All protocols for conversations, by their names. Immutable. */
public final class Protocols {
    private static final Map<Protocol, ChatProtocol> ALL =
            byName(
                    List.of(
                            new OpenAiChatProtocol(),
                            new MistralChatProtocol(),
                            new OllamaProtocol(),
                            AnthropicProtocol.MESSAGES,
                            AnthropicProtocol.VERTEX,
                            new BedrockConverseProtocol(),
                            new OpenAiResponsesProtocol(),
                            GeminiProtocol.AI_STUDIO,
                            GeminiProtocol.VERTEX,
                            new CohereProtocol()));

    private Protocols() {}

    private static Map<Protocol, ChatProtocol> byName(List<ChatProtocol> protocols) {
        Map<Protocol, ChatProtocol> all = new EnumMap<>(Protocol.class);
        for (ChatProtocol protocol : protocols) {
            if (all.put(protocol.protocol(), protocol) != null) {
                throw new IllegalStateException("twice: " + protocol.protocol());
            }
        }
        return all;
    }

    /** In the order of {@link Protocol}. */
    public static List<ChatProtocol> all() {
        return List.copyOf(ALL.values());
    }

    /** Empty for those that have no conversations of their own, such as the simulated provider. */
    public static Optional<ChatProtocol> of(Protocol protocol) {
        return Optional.ofNullable(ALL.get(protocol));
    }
}
