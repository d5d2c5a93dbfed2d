package io.fairlead.kernel;

/**
 * The family of protocols a client speaks, as told by the path it calls: it decides the shape of
 * errors. Immutable.
 */
public enum ClientProtocol {
    OPENAI,
    ANTHROPIC,
    GEMINI
}
