package io.fairlead.protocol.openai;

import java.util.Map;

/**
 * What is put right in a provider's answers. Immutable.
 *
 * @param enabled answers are brought into OpenAI's schema; off for the protocol's owner and with
 *     {@code conform: off}
 * @param finishReasons finish reasons of this provider to put right ({@code eos} to {@code stop})
 * @param fallbackModel the model named where the provider names none
 * @param openRouter thoughts are told as OpenRouter calls them, {@code reasoning}
 * @param createdSeconds Unix time given where the provider gives no {@code created}
 */
public record Conformance(
        boolean enabled,
        Map<String, String> finishReasons,
        String fallbackModel,
        boolean openRouter,
        long createdSeconds) {
    /** All bytes pass. */
    public static final Conformance OFF = new Conformance(false, Map.of(), "", false, 0);

    public Conformance {
        finishReasons = Map.copyOf(finishReasons);
    }

    public static Conformance on(
            Map<String, String> finishReasons, String fallbackModel, long createdSeconds) {
        return new Conformance(true, finishReasons, fallbackModel, false, createdSeconds);
    }

    /** The same for a client of OpenRouter's. */
    public Conformance forOpenRouter() {
        return new Conformance(enabled, finishReasons, fallbackModel, true, createdSeconds);
    }
}
