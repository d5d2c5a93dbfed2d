package io.fairlead.protocol.gemini.count;

import io.fairlead.protocol.model.Beside;

/** How many tokens a conversation is. Immutable. */
public record TokenCount(long tokens, Beside beside) {}
