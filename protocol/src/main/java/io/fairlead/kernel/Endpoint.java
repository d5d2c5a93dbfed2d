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
    EMBEDDINGS("/embeddings", Service.EMBEDDINGS),
    IMAGE_GENERATIONS("/images/generations", Service.IMAGES),
    IMAGE_EDITS("/images/edits", Service.IMAGES),
    IMAGE_VARIATIONS("/images/variations", Service.IMAGES),
    SPEECH("/audio/speech", Service.SPEECH),
    TRANSCRIPTIONS("/audio/transcriptions", Service.TRANSCRIPTION),
    TRANSLATIONS("/audio/translations", Service.TRANSCRIPTION),
    MODERATIONS("/moderations", Service.MODERATION),
    /** Cohere's and Jina's ranking of documents. */
    RERANK("/rerank", Service.RERANK),
    /** OpenAI's count of what a response would read. */
    INPUT_TOKENS("/responses/input_tokens", Service.TOKEN_COUNTING),
    /** Anthropic's conversations. */
    MESSAGES("/messages", Protocol.ANTHROPIC_MESSAGES),
    /** Anthropic's count of what a message would read. */
    COUNT_TOKENS("/messages/count_tokens", Service.TOKEN_COUNTING),
    /** Gemini's conversations; the path goes on with the model and the method. */
    GENERATE_CONTENT("/models", Protocol.GEMINI),
    /** Gemini's count; the path goes on with the model and the method. */
    COUNT_CONTENT("/models", Service.TOKEN_COUNTING),
    /** Gemini's embedding of one content; the path goes on with the model and the method. */
    EMBED_CONTENT("/models", Service.EMBEDDINGS),
    /** Gemini's embedding of several contents; the path goes on with the model and the method. */
    BATCH_EMBED_CONTENTS("/models", Service.EMBEDDINGS),
    /** OpenAI's files; the path goes on with an id. */
    FILES("/files", Service.FILES),
    /** OpenAI's files that come in parts; the path goes on with an id. */
    UPLOADS("/uploads", Service.FILES),
    /** OpenAI's batches; the path goes on with an id. */
    BATCHES("/batches", Service.BATCHES),
    /** Anthropic's files; the path goes on with an id. */
    ANTHROPIC_FILES("/files", Service.FILES),
    /** Anthropic's batches; the path goes on with an id. */
    MESSAGE_BATCHES("/messages/batches", Service.BATCHES),
    /** OpenAI's conversations over a WebSocket; the query names the model. */
    REALTIME("/realtime", Service.REALTIME),
    /** The provider's own API with its key put in; the path is the client's. */
    PASSTHROUGH("");

    private final String path;
    private final Optional<Protocol> conversation;
    private final Optional<Service> service;

    Endpoint(String path) {
        this(path, Optional.empty(), Optional.empty());
    }

    Endpoint(String path, Protocol conversation) {
        this(path, Optional.of(conversation), Optional.empty());
    }

    Endpoint(String path, Service service) {
        this(path, Optional.empty(), Optional.of(service));
    }

    Endpoint(String path, Optional<Protocol> conversation, Optional<Service> service) {
        this.path = path;
        this.conversation = conversation;
        this.service = service;
    }

    /** The protocol in which clients of this operation hold conversations; empty: it is none. */
    public Optional<Protocol> conversation() {
        return conversation;
    }

    /** What it is one of, where it is no conversation. */
    public Optional<Service> service() {
        return service;
    }

    /** Whether its answer may be a stream of events that begins when the first word is there. */
    public boolean streams() {
        return conversation.isPresent() || this == COMPLETIONS;
    }

    /** Whether model and method stand in the path, as with Gemini's. */
    public boolean modelInPath() {
        return path.equals("/models");
    }

    /** Whether it is about what a provider keeps under an id: files and batches. */
    public boolean keeps() {
        return service.filter(it -> it == Service.FILES || it == Service.BATCHES).isPresent();
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
