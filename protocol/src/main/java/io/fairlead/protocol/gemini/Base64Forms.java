package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.JsonString;

/**
 * The two alphabets of base64: the standard one, and the URL-safe one that Google's SDKs write.
 * Stateless: any thread.
 */
final class Base64Forms {
    static final String URL_SAFE = "base64:url";
    static final String UNPADDED = "base64:unpadded";

    private Base64Forms() {}

    /** Whether it needs no other form: as nearly all do, and found out without reading it. */
    static boolean isStandard(JsonString data) {
        return data.plainLength('-', '_') % 4 == 0;
    }

    static boolean isUrlSafe(String text) {
        return (text.indexOf('-') >= 0 || text.indexOf('_') >= 0)
                && text.indexOf('+') < 0
                && text.indexOf('/') < 0;
    }

    static boolean isUnpadded(String text) {
        return text.length() % 4 > 1 && !text.endsWith("=");
    }

    /** In the standard alphabet, padded. */
    static String standard(String text) {
        String standard = isUrlSafe(text) ? text.replace('-', '+').replace('_', '/') : text;
        return isUnpadded(text) ? standard + "=".repeat(4 - text.length() % 4) : standard;
    }

    static String unpadded(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        return text.substring(0, end);
    }

    static String urlSafe(String text) {
        return text.replace('+', '-').replace('/', '_');
    }
}
