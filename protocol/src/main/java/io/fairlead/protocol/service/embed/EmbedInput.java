package io.fairlead.protocol.service.embed;

import io.fairlead.protocol.model.Beside;

/** One thing to be embedded. Immutable. */
public record EmbedInput(Content content, Settings settings, Beside beside) {
    /** Length of its text. */
    int characters() {
        return content.text().map(String::length).orElse(0);
    }
}
