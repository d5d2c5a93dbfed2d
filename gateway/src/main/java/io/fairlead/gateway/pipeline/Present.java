package io.fairlead.gateway.pipeline;

import org.jspecify.annotations.Nullable;

/** Asks for what must be there by now. Stateless. */
final class Present {
    private Present() {}

    static <T> T value(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not there yet (expected: what comes before sets it)");
        }
        return value;
    }
}
