package io.fairlead.protocol.service;

import io.fairlead.kernel.ProviderFault;

import java.util.Optional;

/**
 * A provider's 2xx answer that refuses what was asked for. No stack trace: it is an answer, not a
 * defect. Immutable.
 */
public final class Blocked extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason in the provider's word ({@code SAFETY})
     */
    public Blocked(String reason) {
        super("the provider refused: " + reason, null, false, false);
    }

    /** As OpenAI refuses such a request. */
    ProviderFault fault() {
        return new ProviderFault.InStreamError(
                400, Optional.of("content_policy_violation"), String.valueOf(getMessage()));
    }
}
