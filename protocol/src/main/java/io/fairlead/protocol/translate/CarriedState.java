package io.fairlead.protocol.translate;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.ByteMark;
import io.fairlead.protocol.json.Json;

import java.util.Optional;

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
        return mark(client).filter(it -> it.isIn(body)).isPresent();
    }

    /** As {@link #maybeIn(Protocol, byte[])}, of what was read: cheaper. */
    public static boolean maybeIn(Protocol client, Json body) {
        return mark(client).filter(body::hasBeginning).isPresent();
    }

    /** What a string begins with that is such state; empty: the protocol has it in ids of calls. */
    private static Optional<ByteMark> mark(Protocol client) {
        return switch (client) {
            case GEMINI, VERTEX_GEMINI -> Optional.of(SIGNATURE);
            case OPENAI_CHAT, AZURE_OPENAI, MISTRAL_CHAT, OLLAMA, COHERE_V2, SIM ->
                    Optional.empty();
            case OPENAI_RESPONSES, ANTHROPIC_MESSAGES, VERTEX_ANTHROPIC, BEDROCK_CONVERSE ->
                    Optional.of(PLAIN);
        };
    }
}
