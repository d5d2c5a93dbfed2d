package io.fairlead.kernel;

import java.util.Optional;

/**
 * An operation of an LLM API that clients call and deployments offer. Its path is relative to the
 * provider's base URL ({@code https://api.openai.com/v1}). Immutable.
 */
public enum Endpoint {
    CHAT_COMPLETIONS("/chat/completions"),
    COMPLETIONS("/completions"),
    RESPONSES("/responses"),
    EMBEDDINGS("/embeddings"),
    IMAGE_GENERATIONS("/images/generations"),
    IMAGE_EDITS("/images/edits"),
    IMAGE_VARIATIONS("/images/variations"),
    SPEECH("/audio/speech"),
    TRANSCRIPTIONS("/audio/transcriptions"),
    TRANSLATIONS("/audio/translations"),
    MODERATIONS("/moderations"),
    /** Anthropic's conversations. */
    MESSAGES("/messages"),
    /** Gemini's conversations; the path goes on with the model and the method. */
    GENERATE_CONTENT("/models"),
    /** The provider's own API with its key put in; the path is the client's. */
    PASSTHROUGH("");

    private final String path;

    Endpoint(String path) {
        this.path = path;
    }

    /** The protocol in which clients of this operation hold conversations; empty: it is none. */
    public Optional<Protocol> conversation() {
        return switch (this) {
            case CHAT_COMPLETIONS, COMPLETIONS -> Optional.of(Protocol.OPENAI_CHAT);
            case RESPONSES -> Optional.of(Protocol.OPENAI_RESPONSES);
            case MESSAGES -> Optional.of(Protocol.ANTHROPIC_MESSAGES);
            case GENERATE_CONTENT -> Optional.of(Protocol.GEMINI);
            case EMBEDDINGS,
                    IMAGE_GENERATIONS,
                    IMAGE_EDITS,
                    IMAGE_VARIATIONS,
                    SPEECH,
                    TRANSCRIPTIONS,
                    TRANSLATIONS,
                    MODERATIONS,
                    PASSTHROUGH ->
                    Optional.empty();
        };
    }

    /** Path below the provider's base URL; empty for {@link #PASSTHROUGH}. */
    public String path() {
        return path;
    }

    /** Name in records, metrics and logs: {@code chat_completions}. */
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
