package io.fairlead.kernel;

import java.util.Optional;

/**
 * An operation of an LLM API that clients call and deployments offer. Its path is relative to the
 * provider's base URL ({@code https://api.openai.com/v1}). Immutable.
 */
public enum Endpoint {
    CHAT_COMPLETIONS("/chat/completions", Protocol.OPENAI_CHAT),
    COMPLETIONS("/completions"),
    RESPONSES("/responses", Protocol.OPENAI_RESPONSES),
    EMBEDDINGS("/embeddings"),
    IMAGE_GENERATIONS("/images/generations"),
    IMAGE_EDITS("/images/edits"),
    IMAGE_VARIATIONS("/images/variations"),
    SPEECH("/audio/speech"),
    TRANSCRIPTIONS("/audio/transcriptions"),
    TRANSLATIONS("/audio/translations"),
    MODERATIONS("/moderations"),
    /** Anthropic's conversations. */
    MESSAGES("/messages", Protocol.ANTHROPIC_MESSAGES),
    /** Gemini's conversations; the path goes on with the model and the method. */
    GENERATE_CONTENT("/models", Protocol.GEMINI),
    /** The provider's own API with its key put in; the path is the client's. */
    PASSTHROUGH("");

    private final String path;
    private final Optional<Protocol> conversation;

    Endpoint(String path) {
        this.path = path;
        this.conversation = Optional.empty();
    }

    Endpoint(String path, Protocol conversation) {
        this.path = path;
        this.conversation = Optional.of(conversation);
    }

    /** The protocol in which clients of this operation hold conversations; empty: it is none. */
    public Optional<Protocol> conversation() {
        return conversation;
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
