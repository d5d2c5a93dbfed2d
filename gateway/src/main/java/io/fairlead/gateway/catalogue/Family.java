package io.fairlead.gateway.catalogue;

import io.fairlead.kernel.Protocol;

import java.net.URI;
import java.util.List;

/** Which protocols have the same bodies, and where their owners serve them. Stateless. */
public final class Family {
    private Family() {}

    /** Those whose bodies a client of {@code protocol} speaks, the closest first. */
    static List<Protocol> of(Protocol protocol) {
        return switch (protocol) {
            case OPENAI_CHAT ->
                    List.of(Protocol.OPENAI_CHAT, Protocol.AZURE_OPENAI, Protocol.MISTRAL_CHAT);
            case OPENAI_RESPONSES -> List.of(Protocol.OPENAI_RESPONSES, Protocol.AZURE_OPENAI);
            case ANTHROPIC_MESSAGES ->
                    List.of(Protocol.ANTHROPIC_MESSAGES, Protocol.VERTEX_ANTHROPIC);
            case GEMINI -> List.of(Protocol.GEMINI, Protocol.VERTEX_GEMINI);
            case VERTEX_GEMINI,
                    VERTEX_ANTHROPIC,
                    BEDROCK_CONVERSE,
                    COHERE_V2,
                    AZURE_OPENAI,
                    MISTRAL_CHAT,
                    OLLAMA,
                    SIM ->
                    List.of(protocol);
        };
    }

    /** Whether what a client says in one protocol can be sent in the other as it is. */
    public static boolean same(Protocol client, Protocol provider) {
        return of(client).contains(provider) || (provider == Protocol.SIM && client.openAiLike());
    }

    /** The base URL of the protocol's owner, with the segment that its SDK adds. */
    static URI usual(Protocol protocol) {
        return URI.create(
                switch (protocol) {
                    case OPENAI_CHAT, OPENAI_RESPONSES, AZURE_OPENAI, SIM ->
                            "https://api.openai.com/v1";
                    case MISTRAL_CHAT -> "https://api.mistral.ai/v1";
                    case ANTHROPIC_MESSAGES -> "https://api.anthropic.com/v1";
                    case GEMINI -> "https://generativelanguage.googleapis.com/v1beta";
                    case VERTEX_GEMINI, VERTEX_ANTHROPIC -> "https://aiplatform.googleapis.com/v1";
                    case BEDROCK_CONVERSE -> "https://bedrock-runtime.amazonaws.com";
                    case COHERE_V2 -> "https://api.cohere.com/v2";
                    case OLLAMA -> "http://127.0.0.1:11434/api";
                });
    }
}
