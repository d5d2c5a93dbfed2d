package io.fairlead.kernel;

import java.util.Locale;
import java.util.Optional;

/**
 * The form in which a provider offers a {@link Service}, called after who invented it. What a
 * conversation has in its {@link Protocol}, a service has in its dialect: many hosts of OpenAI's
 * chat have rerank in Cohere's form. Immutable.
 */
public enum Dialect {
    OPENAI,
    ANTHROPIC,
    GEMINI,
    VERTEX,
    BEDROCK,
    COHERE,
    OLLAMA,
    MISTRAL,
    VOYAGE,
    JINA,
    ELEVENLABS,
    DEEPGRAM,
    STABILITY,
    XAI,
    /** The gateway itself does it: the provider has nothing for it. */
    LOCAL;

    /** Name in the catalogue: {@code voyage}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The dialect of that name; empty: there is none. */
    public static Optional<Dialect> parse(String name) {
        for (Dialect dialect : values()) {
            if (dialect.wireName().equals(name)) {
                return Optional.of(dialect);
            }
        }
        return Optional.empty();
    }

    /** What a provider that speaks {@code protocol} offers its services in, unless it says. */
    public static Dialect of(Protocol protocol) {
        return switch (protocol) {
            case OPENAI_CHAT, OPENAI_RESPONSES, AZURE_OPENAI, SIM -> OPENAI;
            case MISTRAL_CHAT -> MISTRAL;
            case ANTHROPIC_MESSAGES, VERTEX_ANTHROPIC -> ANTHROPIC;
            case GEMINI -> GEMINI;
            case VERTEX_GEMINI -> VERTEX;
            case BEDROCK_CONVERSE -> BEDROCK;
            case COHERE_V2 -> COHERE;
            case OLLAMA -> OLLAMA;
        };
    }
}
