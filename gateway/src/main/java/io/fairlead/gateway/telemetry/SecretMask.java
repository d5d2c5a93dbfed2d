package io.fairlead.gateway.telemetry;

import io.fairlead.kernel.Secret;

import java.util.Collection;
import java.util.List;

/**
 * The last line of defence before a line of the log is written: known secrets, and words that look
 * like keys, are blotted out. No code should ever rely on it. Immutable.
 */
final class SecretMask {
    private static final String BLOT = "***";
    private static final int SHORTEST_TAIL = 12;

    /** How keys begin, at providers and here; what follows is blotted out. */
    private static final List<String> PREFIXES =
            List.of(
                    "sk-",
                    "sk_",
                    "pk-",
                    "fl-",
                    "gsk_",
                    "xai-",
                    "AIza",
                    "AKIA",
                    "ASIA",
                    "hf_",
                    "r8_",
                    "pplx-",
                    "nvapi-",
                    "csk-",
                    "fw_",
                    "tgp_v1_",
                    "eyJ",
                    "ya29.",
                    "Bearer ",
                    "bearer ",
                    "key=",
                    "api_key=",
                    "token=");

    /** Whether a prefix begins with the (ASCII) character of this number. */
    private static final boolean[] BEGINS = new boolean[128];

    static {
        for (String prefix : PREFIXES) {
            BEGINS[prefix.charAt(0)] = true;
        }
    }

    private final List<String> known;

    SecretMask(Collection<Secret> secrets) {
        // shorter ones would blot out ordinary words
        known = secrets.stream().map(Secret::reveal).filter(s -> s.length() >= 8).toList();
    }

    void appendMasked(StringBuilder out, CharSequence line) {
        String text = line.toString();
        for (String secret : known) {
            if (text.contains(secret)) {
                text = text.replace(secret, BLOT);
            }
        }
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128 || !BEGINS[c] || (i > 0 && keyCharacter(text.charAt(i - 1)))) {
                continue;
            }
            int prefix = prefixAt(text, i);
            if (prefix == 0) {
                continue;
            }
            int end = i + prefix;
            while (end < text.length() && keyCharacter(text.charAt(end))) {
                end++;
            }
            if (end - i - prefix >= SHORTEST_TAIL) {
                out.append(text, written, i + prefix).append(BLOT);
                written = end;
                i = end - 1;
            }
        }
        if (written == 0) {
            out.append(text);
        } else {
            out.append(text, written, text.length());
        }
    }

    private static int prefixAt(String text, int at) {
        for (String prefix : PREFIXES) {
            if (text.startsWith(prefix, at)) {
                return prefix.length();
            }
        }
        return 0;
    }

    private static boolean keyCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.'
                || c == '+'
                || c == '/';
    }
}
