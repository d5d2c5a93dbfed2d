package io.fairlead.gateway.telemetry;

import io.fairlead.kernel.Secret;

import java.util.Arrays;
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

    /** The prefixes by the (ASCII) character they begin with. */
    private static final String[][] BY_FIRST = new String[128][0];

    static {
        for (String prefix : PREFIXES) {
            char first = prefix.charAt(0);
            String[] others = BY_FIRST[first];
            BY_FIRST[first] = Arrays.copyOf(others, others.length + 1);
            BY_FIRST[first][others.length] = prefix;
        }
    }

    /** What a key is made of. */
    private static final boolean[] KEY_CHARACTERS = new boolean[128];

    static {
        for (char c = 0; c < 128; c++) {
            KEY_CHARACTERS[c] =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || "-_.+/".indexOf(c) >= 0;
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
        int length = text.length();
        int written = 0;
        int i = 0;
        while (i < length) {
            char c = text.charAt(i);
            int prefix = c < 128 ? prefixAt(text, i, BY_FIRST[c]) : 0;
            if (prefix > 0) {
                int end = endOfWord(text, i + prefix);
                if (end - i - prefix >= SHORTEST_TAIL) {
                    out.append(text, written, i + prefix).append(BLOT);
                    written = end;
                    i = end;
                    continue;
                }
            }
            i = Math.max(i + 1, endOfWord(text, i)); // a key begins where a word begins
        }
        if (written == 0) {
            out.append(text);
        } else {
            out.append(text, written, length);
        }
    }

    /** Length of the one of {@code candidates} that stands at {@code at}, or 0. */
    private static int prefixAt(String text, int at, String[] candidates) {
        for (String prefix : candidates) {
            // most are ruled out by their second character
            if (at + 1 < text.length()
                    && text.charAt(at + 1) == prefix.charAt(1)
                    && text.startsWith(prefix, at)) {
                return prefix.length();
            }
        }
        return 0;
    }

    private static int endOfWord(String text, int from) {
        int at = from;
        while (at < text.length() && keyCharacter(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean keyCharacter(char c) {
        return c < 128 && KEY_CHARACTERS[c];
    }
}
