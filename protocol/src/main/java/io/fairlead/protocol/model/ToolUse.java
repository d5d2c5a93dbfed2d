package io.fairlead.protocol.model;

import java.util.List;
import java.util.Optional;

/**
 * The tools of a request and how they may be used. Immutable.
 *
 * @param parallel whether the model may make several calls at once; empty: the provider's default
 * @param beside what stood beside the choice
 */
public record ToolUse(
        List<Tool> tools, Optional<ToolChoice> choice, Optional<Boolean> parallel, Beside beside) {
    public static final ToolUse NONE =
            new ToolUse(List.of(), Optional.empty(), Optional.empty(), Beside.NONE);

    public ToolUse {
        tools = List.copyOf(tools);
    }

    public ToolUse withTools(List<Tool> newTools) {
        return new ToolUse(newTools, choice, parallel, beside);
    }

    public ToolUse withChoice(Optional<ToolChoice> newChoice) {
        return new ToolUse(tools, newChoice, parallel, beside);
    }

    public ToolUse withParallel(Optional<Boolean> newParallel) {
        return new ToolUse(tools, choice, newParallel, beside);
    }
}
