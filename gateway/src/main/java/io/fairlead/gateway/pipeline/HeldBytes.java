package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.ProviderFault;

/**
 * What one answer holds of a stream, counted in the budget of all bodies but for the little that
 * every stream holds. Confined to its answer.
 */
final class HeldBytes {
    /** Up to here it costs more to count than to hold. */
    private static final int FREE_BYTES = 64 * 1024;

    private final BodyBudget budget;
    private long reserved;

    HeldBytes(BodyBudget budget) {
        this.budget = budget;
    }

    /** Says how many bytes are held now; false: there is no room for them. */
    boolean now(long bytes) {
        if (bytes <= FREE_BYTES) {
            release();
        } else if (bytes > reserved) {
            if (!budget.reserve(bytes - reserved)) {
                return false;
            }
            reserved = bytes;
        }
        return true;
    }

    void release() {
        if (reserved > 0) {
            budget.release(reserved);
            reserved = 0;
        }
    }

    static ProviderFault noRoom() {
        return new ProviderFault.TooLarge(
                "no memory is left to hold so much of a stream (server.limits.max_buffered)");
    }
}
