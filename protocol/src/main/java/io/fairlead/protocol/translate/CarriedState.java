package io.fairlead.protocol.translate;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.ByteMark;

/**
 * Opaque state of a provider that clients of another protocol carry in the places of their own: no
 * provider of theirs may get it. Stateless: any thread.
 */
public final class CarriedState {
    private static final ByteMark PLAIN = new ByteMark("fairlead1.");

    /** As a signature of Gemini's begins that is one of ours: {@code fairlead-1::} in base64. */
    private static final ByteMark SIGNATURE = new ByteMark("ZmFpcmxlYWQtMTo6");

    private CarriedState() {}

    /** Whether such state can be in a request of this protocol, as its bytes say. */
    public static boolean maybeIn(Protocol client, byte[] body) {
        return switch (client) {
            case GEMINI, VERTEX_GEMINI -> SIGNATURE.isIn(body);
            // these have it in the ids of calls
            case OPENAI_CHAT, AZURE_OPENAI, MISTRAL_CHAT, OLLAMA, COHERE_V2, SIM -> false;
            case OPENAI_RESPONSES, ANTHROPIC_MESSAGES, VERTEX_ANTHROPIC, BEDROCK_CONVERSE ->
                    PLAIN.isIn(body);
        };
    }
}
