package io.fairlead.protocol.model;

import org.jspecify.annotations.Nullable;

/**
 * Tells whether a rewriting of something immutable changed it: it gives the very same object where
 * it did not, so nothing has to be compared. Stateless: any thread.
 */
public final class Identity {
    private Identity() {}

    @SuppressWarnings("ReferenceEquality") // the very object is meant, not one that looks the same
    public static boolean same(@Nullable Object one, @Nullable Object other) {
        return one == other;
    }
}
