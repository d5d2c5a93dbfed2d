package io.fairlead.protocol.model;

import io.fairlead.kernel.Usage;

/** Usage as an answer tells it: the counts, and what its protocol says besides. Immutable. */
public record TokenUsage(Usage counts, Beside beside) {
    public static TokenUsage of(Usage counts) {
        return new TokenUsage(counts, Beside.NONE);
    }
}
