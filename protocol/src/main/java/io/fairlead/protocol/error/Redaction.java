package io.fairlead.protocol.error;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Takes out of a provider's message what must not reach a client or a log: keys, tokens, addresses
 * and host names. Works word by word, without backtracking, so that no message makes it slow.
 * Stateless: any thread.
 */
public final class Redaction {
    /** The longest message that comes out. */
    public static final int MAX_LENGTH = 500;

    private static final int MAX_READ = 8 * MAX_LENGTH;
    private static final int SECRET_RUN = 24;

    private static final String HIDDEN = "[redacted]";
    private static final String HOST = "[host]";
    private static final String URL = "[url]";

    private static final List<String> KEY_PREFIXES =
            List.of(
                    "sk-", "sk_", "pk-", "pk_", "rk_", "gsk_", "xai-", "aiza", "akia", "asia",
                    "ghp_", "gho_", "hf_", "nvapi-", "r8_", "pplx-", "fw_", "csk-", "fl-", "eyj",
                    "ya29.", "tgp_", "jina_", "pa-", "key-", "glpat-", "xox");
    private static final Set<String> SECRET_NAMES =
            Set.of(
                    "key",
                    "apikey",
                    "api_key",
                    "api-key",
                    "x-api-key",
                    "token",
                    "access_token",
                    "secret",
                    "password",
                    "passwd",
                    "pwd",
                    "sig",
                    "signature",
                    "authorization");
    private static final Set<String> HOST_ENDINGS =
            Set.of(
                    "com",
                    "net",
                    "org",
                    "io",
                    "dev",
                    "cloud",
                    "app",
                    "ai",
                    "co",
                    "internal",
                    "local",
                    "localdomain",
                    "svc",
                    "cluster",
                    "lan",
                    "corp",
                    "home",
                    "intranet",
                    "consul",
                    "example",
                    "test",
                    "invalid");

    private Redaction() {}

    /** The message on one line, without secrets and hosts, at most 500 characters. */
    public static String clean(String message) {
        String text = message.length() > MAX_READ ? message.substring(0, MAX_READ) : message;
        StringBuilder out = new StringBuilder(Math.min(text.length(), MAX_LENGTH) + 16);
        boolean afterBearer = false;
        int at = 0;
        while (at < text.length() && out.length() <= MAX_LENGTH) {
            char c = text.charAt(at);
            if (!isWordPart(c)) {
                appendPlain(c, out);
                at++;
                continue;
            }
            int end = at;
            while (end < text.length() && isWordPart(text.charAt(end))) {
                end++;
            }
            String word = text.substring(at, end);
            out.append(afterBearer ? HIDDEN : cleanWord(word));
            afterBearer = word.equalsIgnoreCase("bearer") || word.equalsIgnoreCase("basic");
            at = end;
        }
        return shortened(out.toString().strip());
    }

    private static void appendPlain(char c, StringBuilder out) {
        boolean space = c <= ' ' || c == 0x7f || Character.isWhitespace(c);
        if (!space) {
            out.append(Character.isISOControl(c) ? ' ' : c);
        } else if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
            out.append(' ');
        }
    }

    private static String shortened(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int end = MAX_LENGTH - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }

    /** Letters, digits and what stands inside keys, URLs and addresses. */
    private static boolean isWordPart(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "-_./+=:@%&?~*#".indexOf(c) >= 0;
    }

    private static String cleanWord(String word) {
        int end = word.length();
        while (end > 0 && ".:?=/".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        String core = word.substring(0, end);
        String rest = word.substring(end);
        if (core.contains("://")) {
            return URL + rest;
        }
        int equals = indexOfAssignment(core);
        if (equals > 0) {
            String name = core.substring(0, equals);
            String value = core.substring(equals + 1);
            return name
                    + core.charAt(equals)
                    + (namesSecret(name) ? HIDDEN : cleanToken(value))
                    + rest;
        }
        return cleanToken(core) + rest;
    }

    private static int indexOfAssignment(String word) {
        int equals = word.indexOf('=');
        if (equals > 0) {
            return equals;
        }
        int colon = word.indexOf(':');
        return colon > 0 && colon < word.length() - 1 && namesSecret(word.substring(0, colon))
                ? colon
                : -1;
    }

    private static boolean namesSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int start = Math.max(lower.lastIndexOf('?'), lower.lastIndexOf('&')) + 1;
        return SECRET_NAMES.contains(lower.substring(start));
    }

    private static String cleanToken(String token) {
        if (isKey(token) || hasSecretRun(token)) {
            return HIDDEN;
        }
        if (token.indexOf('@') > 0 && token.indexOf('.', token.indexOf('@')) > 0) {
            return HIDDEN;
        }
        return isAddress(token) ? HOST : token;
    }

    private static boolean isKey(String token) {
        if (token.length() < 8) {
            return false;
        }
        String lower = token.toLowerCase(Locale.ROOT);
        for (String prefix : KEY_PREFIXES) {
            if (lower.startsWith(prefix)) {
                return hasDigit(token) || token.indexOf('*') >= 0 || token.length() >= 20;
            }
        }
        // Providers show a wrong key with its middle starred out.
        return token.contains("***");
    }

    private static boolean hasDigit(String text) {
        return text.chars().anyMatch(c -> c >= '0' && c <= '9');
    }

    /** A long run of letters and digits mixed: hexadecimal or base64, no word of any language. */
    private static boolean hasSecretRun(String token) {
        int run = 0;
        boolean digit = false;
        boolean letter = false;
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            boolean isDigit = c >= '0' && c <= '9';
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!isDigit && !isLetter && c != '+' && c != '/') {
                run = 0;
                digit = false;
                letter = false;
                continue;
            }
            if (c == '/' && run < SECRET_RUN && !digit) {
                run = 0;
                letter = false;
                continue;
            }
            run++;
            digit |= isDigit;
            letter |= isLetter;
            if (run >= SECRET_RUN && digit && letter) {
                return true;
            }
        }
        return false;
    }

    /** An IP address or a host name, each with or without port and path. */
    private static boolean isAddress(String token) {
        int slash = token.indexOf('/');
        String authority = slash > 0 ? token.substring(0, slash) : token;
        int colon = authority.indexOf(':');
        boolean port = colon > 0 && isNumber(authority.substring(colon + 1));
        String host = port ? authority.substring(0, colon) : authority;
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        if (colon >= 0 && !port) {
            return isIpv6(authority);
        }
        String[] labels = host.split("\\.", -1);
        if (labels.length < 2) {
            return port && labels[0].indexOf('-') >= 0;
        }
        if (labels.length == 4 && allNumbers(labels)) {
            return true;
        }
        String last = labels[labels.length - 1].toLowerCase(Locale.ROOT);
        return labels[0].length() > 0 && HOST_ENDINGS.contains(last);
    }

    private static boolean isIpv6(String text) {
        int colons = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                colons++;
            } else if (Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return colons > 2 || text.contains("::");
    }

    private static boolean allNumbers(String[] labels) {
        for (String label : labels) {
            if (!isNumber(label)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.length() <= 5
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
