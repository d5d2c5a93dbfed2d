package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.catalogue.Address;
import io.fairlead.gateway.routing.Step;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes out of a provider's complaint what it was sent in confidence: the credential, the
 * operator's headers, and where it was sent. No client, record or log may see them echoed, whatever
 * they look like, with or without the escapes of JSON. Confined to its attempt.
 */
final class SentSecrets {
    private static final String HIDDEN = "[redacted]";

    /** Shorter header values are ordinary words. */
    private static final int SHORTEST = 8;

    private static final int HEX_DIGITS = 4;

    private final Step.Try step;
    private final Supplier<Collection<Secret>> lent;

    /**
     * @param lent what was sent besides the keys and headers of {@code step}
     */
    SentSecrets(Step.Try step, Supplier<Collection<Secret>> lent) {
        this.step = step;
        this.lent = lent;
    }

    String hide(String text) {
        String clean = text;
        for (String secret : secrets()) {
            clean = hide(clean, secret);
        }
        return clean;
    }

    byte[] hide(byte[] bytes) {
        // one character for each byte, so that what is no secret stays as it is, whatever it is
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String clean = hide(text);
        return clean.equals(text) ? bytes : clean.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The same for an error inside an answer; other faults are made of cleaned text. */
    ProviderFault hide(ProviderFault fault) {
        return fault instanceof ProviderFault.InStreamError error
                ? new ProviderFault.InStreamError(
                        error.status(), error.code().map(this::hide), hide(error.message()))
                : fault;
    }

    /** What was sent in confidence; the longer forms first. */
    private List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        step.key().ifPresent(key -> secrets.add(key.secret().reveal()));
        lent.get().forEach(secret -> secrets.add(secret.reveal()));
        for (Secret header : step.deployment().headers().values()) {
            if (header.reveal().length() >= SHORTEST) {
                secrets.add(header.reveal());
            }
        }
        Address address = step.deployment().address();
        secrets.add(address.base().toString());
        secrets.add(address.host() + ":" + address.port());
        if (address.host().indexOf('.') > 0 || address.host().indexOf(':') >= 0) {
            secrets.add(address.host()); // a host without a dot may be an ordinary word
        }
        return secrets;
    }

    private static String hide(String text, String secret) {
        StringBuilder clean = null;
        int copied = 0;
        for (int at = 0; at < text.length(); at++) {
            int end = matchEnd(text, at, secret);
            if (end > at) {
                clean = clean == null ? new StringBuilder(text.length()) : clean;
                clean.append(text, copied, at).append(HIDDEN);
                copied = end;
                at = end - 1;
            }
        }
        return clean == null ? text : clean.append(text, copied, text.length()).toString();
    }

    /** Where {@code secret}, written in any way JSON allows, ends in {@code text}; -1: not here. */
    private static int matchEnd(String text, int from, String secret) {
        int at = from;
        for (int i = 0; i < secret.length(); i++) {
            char wanted = secret.charAt(i);
            if (at >= text.length()) {
                return -1;
            }
            char found = text.charAt(at);
            if (found == '\\' && at + 1 < text.length() && text.charAt(at + 1) == 'u') {
                found = unicode(text, at + 2);
                at += 2 + HEX_DIGITS;
            } else if (found == '\\' && at + 1 < text.length() && text.charAt(at + 1) == wanted) {
                found = wanted;
                at += 2;
            } else {
                at++;
            }
            if (Character.toLowerCase(found) != Character.toLowerCase(wanted)) {
                return -1;
            }
        }
        return at;
    }

    /** The character of four hexadecimal digits; 0: there are none. */
    private static char unicode(String text, int from) {
        int value = 0;
        for (int i = from; i < from + HEX_DIGITS; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return 0;
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }
}
