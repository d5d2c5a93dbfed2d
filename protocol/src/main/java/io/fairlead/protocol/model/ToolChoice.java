package io.fairlead.protocol.model;

import java.util.List;

/** Whether the model must use a tool, and which. Immutable. */
public sealed interface ToolChoice {
    /** As it likes. */
    record Auto() implements ToolChoice {}

    /** It must not. */
    record None() implements ToolChoice {}

    /** It must use one, no matter which. */
    record Required() implements ToolChoice {}

    /** It must use this one. */
    record Named(String name) implements ToolChoice {}

    /** Only these count; {@code required}: it must use one of them. */
    record Allowed(boolean required, List<String> names) implements ToolChoice {
        public Allowed {
            names = List.copyOf(names);
        }
    }
}
