package io.fairlead.protocol.translate;

import io.fairlead.kernel.Protocol;

/** How many recordings there are, so that none is passed over in silence. Immutable. */
final class RecordedCounts {
    private RecordedCounts() {}

    /** Requests, those that failed counted too. */
    static int requests(Protocol protocol) {
        return switch (protocol) {
            case OPENAI_CHAT -> 89;
            case OPENAI_RESPONSES -> 37;
            case ANTHROPIC_MESSAGES, VERTEX_ANTHROPIC -> 27;
            case GEMINI -> 26;
            case VERTEX_GEMINI -> 10;
            case BEDROCK_CONVERSE -> 24;
            case COHERE_V2 -> 7;
            case MISTRAL_CHAT -> 10;
            case OLLAMA -> 2;
            case AZURE_OPENAI, SIM -> 0;
        };
    }

    /** Whole answers, errors not counted. */
    static int answers(Protocol protocol) {
        return switch (protocol) {
            case OPENAI_CHAT -> 43;
            case OPENAI_RESPONSES -> 24;
            case ANTHROPIC_MESSAGES, VERTEX_ANTHROPIC -> 16;
            case GEMINI -> 17;
            case VERTEX_GEMINI -> 7;
            case BEDROCK_CONVERSE -> 13;
            case COHERE_V2 -> 4;
            case MISTRAL_CHAT -> 7;
            case OLLAMA -> 1;
            case AZURE_OPENAI, SIM -> 0;
        };
    }

    /** Streams; a recording may hold several. */
    static int streams(Protocol protocol) {
        return switch (protocol) {
            case OPENAI_CHAT -> 34;
            case OPENAI_RESPONSES -> 18;
            case ANTHROPIC_MESSAGES, VERTEX_ANTHROPIC -> 11;
            case GEMINI -> 6;
            case VERTEX_GEMINI -> 2;
            case BEDROCK_CONVERSE -> 9;
            case COHERE_V2 -> 3;
            case MISTRAL_CHAT -> 3;
            case OLLAMA -> 1;
            case AZURE_OPENAI, SIM -> 0;
        };
    }
}
