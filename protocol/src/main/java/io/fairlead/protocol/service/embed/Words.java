package io.fairlead.protocol.service.embed;

/** How a client calls what it asks for: what an error or a header names. Immutable. */
public record Words(
        String input, String dimensions, String purpose, String title, String truncation) {
    public static final Words OPENAI =
            new Words("input", "dimensions", "input_type", "title", "truncate");
    public static final Words GEMINI =
            new Words("content", "outputDimensionality", "taskType", "title", "autoTruncate");
}
