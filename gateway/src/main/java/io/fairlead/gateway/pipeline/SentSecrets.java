package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.catalogue.ProviderKey;
import io.fairlead.gateway.routing.Step;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Secret;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Takes out of a provider's complaint what it was sent in confidence, the credential and the
 * operator's headers: no client, record or log may see them echoed, whatever they look like.
 * Stateless.
 */
final class SentSecrets {
    private static final String HIDDEN = "[redacted]";

    /** Shorter header values are ordinary words. */
    private static final int SHORTEST = 8;

    private SentSecrets() {}

    static String hide(String text, Step.Try step) {
        String clean = text;
        Optional<ProviderKey> key = step.key();
        if (key.isPresent()) {
            clean = clean.replace(key.get().secret().reveal(), HIDDEN);
        }
        for (Secret header : step.deployment().headers().values()) {
            String value = header.reveal();
            if (value.length() >= SHORTEST) {
                clean = clean.replace(value, HIDDEN);
            }
        }
        return clean;
    }

    static byte[] hide(byte[] bytes, Step.Try step) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String clean = hide(text, step);
        return clean.equals(text) ? bytes : clean.getBytes(StandardCharsets.UTF_8);
    }

    /** The same for an error inside an answer; other faults are made of cleaned text. */
    static ProviderFault hide(ProviderFault fault, Step.Try step) {
        return fault instanceof ProviderFault.InStreamError error
                ? new ProviderFault.InStreamError(
                        error.status(),
                        error.code().map(code -> hide(code, step)),
                        hide(error.message(), step))
                : fault;
    }
}
