package io.fairlead.protocol.service.embed;

import io.fairlead.protocol.model.Beside;

/** One thing to be embedded. Immutable. */
public record EmbedInput(Content content, Settings settings, Beside beside) {}
