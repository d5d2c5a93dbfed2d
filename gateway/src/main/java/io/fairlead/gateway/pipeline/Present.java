package io.fairlead.gateway.pipeline;

import org.jspecify.annotations.Nullable;

/** Asks for what {@link Transitions} sees to be there by now. Stateless. */
final class Present {
    private Present() {}

    static <T> T value(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not there yet (expected: Transitions sees to it)");
        }
        return value;
    }
}
