package io.fairlead.kernel;

import java.util.Optional;

/** The wire protocols of the contract by their names in configuration and catalogue. Immutable. */
public enum Protocol {
    OPENAI_CHAT("openai-chat"),
    OPENAI_RESPONSES("openai-responses"),
    ANTHROPIC_MESSAGES("anthropic-messages"),
    GEMINI("gemini"),
    VERTEX_GEMINI("vertex-gemini"),
    VERTEX_ANTHROPIC("vertex-anthropic"),
    BEDROCK_CONVERSE("bedrock-converse"),
    COHERE_V2("cohere-v2"),
    AZURE_OPENAI("azure-openai"),
    MISTRAL_CHAT("mistral-chat"),
    OLLAMA("ollama"),
    /** The built-in simulated provider, answered in process. */
    SIM("sim");

    private final String wireName;

    Protocol(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /**
     * Whether the provider takes OpenAI-shaped bodies on OpenAI-shaped paths, so that bytes can
     * pass.
     */
    public boolean openAiLike() {
        return switch (this) {
            case OPENAI_CHAT, OPENAI_RESPONSES, AZURE_OPENAI, MISTRAL_CHAT, SIM -> true;
            case ANTHROPIC_MESSAGES,
                    GEMINI,
                    VERTEX_GEMINI,
                    VERTEX_ANTHROPIC,
                    BEDROCK_CONVERSE,
                    COHERE_V2,
                    OLLAMA ->
                    false;
        };
    }

    public static Optional<Protocol> parse(String name) {
        for (Protocol protocol : values()) {
            if (protocol.wireName.equals(name)) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }
}
