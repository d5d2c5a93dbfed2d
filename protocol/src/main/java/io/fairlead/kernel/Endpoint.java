package io.fairlead.kernel;

/**
 * An operation of an LLM API that clients call and deployments offer. Its path is relative to an
 * OpenAI-like base URL ({@code https://api.openai.com/v1}). Immutable.
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
    /** The provider's own API with its key put in; the path is the client's. */
    PASSTHROUGH("");

    private final String path;

    Endpoint(String path) {
        this.path = path;
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
