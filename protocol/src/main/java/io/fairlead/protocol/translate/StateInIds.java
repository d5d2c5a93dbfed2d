package io.fairlead.protocol.translate;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.SealedIdsOut.Load;

import java.util.Optional;

/**
 * What of an answer's opaque state travels in the ids of its tool calls, because the client's
 * protocol has no place for it that its clients bring back. Stateless.
 */
final class StateInIds {
    private StateInIds() {}

    static Optional<Load> of(Protocol client, Protocol provider) {
        if (client == provider) {
            return Optional.empty();
        }
        return switch (client) {
            case OPENAI_CHAT -> Optional.of(Load.ALL);
            // reasoning of others stands in their own form of it, sealed
            case OPENAI_RESPONSES, ANTHROPIC_MESSAGES -> Optional.of(Load.CALL_SEALS);
            // every part of Gemini's has a place for a signature
            case GEMINI, VERTEX_GEMINI -> Optional.empty();
            // no client speaks them
            case VERTEX_ANTHROPIC,
                    BEDROCK_CONVERSE,
                    COHERE_V2,
                    AZURE_OPENAI,
                    MISTRAL_CHAT,
                    OLLAMA,
                    SIM ->
                    Optional.empty();
        };
    }
}
