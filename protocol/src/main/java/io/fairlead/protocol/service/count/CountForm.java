package io.fairlead.protocol.service.count;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.anthropic.AnthropicProtocol;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.gemini.GeminiProtocol;
import io.fairlead.protocol.gemini.count.CountRequest;
import io.fairlead.protocol.gemini.count.CountTokens;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.responses.OpenAiResponsesProtocol;

import java.util.Optional;

/** The operation by which providers of one dialect count. Stateless. */
interface CountForm {
    /** Empty: they have none. */
    static Optional<CountForm> of(Dialect provider) {
        return switch (provider) {
            case ANTHROPIC -> Optional.of(new Anthropics());
            case GEMINI, VERTEX -> Optional.of(new Googles());
            case BEDROCK -> Optional.of(new BedrockCount());
            case OPENAI -> Optional.of(new OpenAis());
            default -> Optional.empty();
        };
    }

    /** Whether it counts for this model. */
    default boolean counts(String model) {
        return true;
    }

    /** In what the conversation is written. */
    ChatProtocol protocol(Protocol provider);

    /** The request for a conversation that has been prepared for that protocol. */
    ProviderRequest request(Protocol provider, ChatRequest conversation);

    /** {@code count_tokens}, of Anthropic itself or at Vertex AI. */
    record Anthropics() implements CountForm {
        @Override
        public AnthropicProtocol protocol(Protocol provider) {
            return provider == Protocol.VERTEX_ANTHROPIC
                    ? AnthropicProtocol.VERTEX
                    : AnthropicProtocol.MESSAGES;
        }

        @Override
        public ProviderRequest request(Protocol provider, ChatRequest conversation) {
            return protocol(provider).writeCountRequest(conversation);
        }
    }

    /** {@code countTokens}, of AI Studio or Vertex AI. */
    record Googles() implements CountForm {
        @Override
        public GeminiProtocol protocol(Protocol provider) {
            return provider == Protocol.VERTEX_GEMINI
                    ? GeminiProtocol.VERTEX
                    : GeminiProtocol.AI_STUDIO;
        }

        @Override
        public ProviderRequest request(Protocol provider, ChatRequest conversation) {
            return CountTokens.writeRequest(
                    new CountRequest(conversation, false, Beside.NONE), protocol(provider));
        }
    }

    /** {@code /responses/input_tokens}. */
    record OpenAis() implements CountForm {
        @Override
        public ChatProtocol protocol(Protocol provider) {
            return new OpenAiResponsesProtocol();
        }

        @Override
        public ProviderRequest request(Protocol provider, ChatRequest conversation) {
            return InputTokens.request(protocol(provider).writeRequest(conversation));
        }
    }
}
