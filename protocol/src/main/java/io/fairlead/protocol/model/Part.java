package io.fairlead.protocol.model;

/**
 * A piece of what is said, by anyone: the union of what the protocols have. Immutable, like all its
 * kinds.
 */
public sealed interface Part
        permits Text, Media, ToolCall, ToolResult, Reasoning, Refusal, Foreign {

    /** What hangs on the part: cache mark, opaque state, members only its protocol knows. */
    Marks marks();

    Part withMarks(Marks newMarks);
}
