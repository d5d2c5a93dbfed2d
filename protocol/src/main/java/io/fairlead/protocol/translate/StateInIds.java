package io.fairlead.protocol.translate;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.SealedIdsOut.Load;

import java.util.Optional;

/**
 * What of an answer's opaque state travels with its tool calls, because the client's protocol has
 * no other place for it that its clients bring back. Stateless.
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
            // Gemini's signatures of thoughts stand on the call they led to, and there alone all of
            // its clients keep them
            case GEMINI, VERTEX_GEMINI ->
                    provider == Protocol.GEMINI || provider == Protocol.VERTEX_GEMINI
                            ? Optional.empty()
                            : Optional.of(Load.ALL_AS_SEAL);
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
