package io.fairlead.protocol.chatform;

/**
 * Watches an object's text come in pieces and tells when it is whole: then nothing can follow.
 * Confined to one thread.
 */
final class JsonEnd {
    private int depth;
    private boolean opened;
    private boolean quoted;
    private boolean escaped;

    void add(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (escaped) {
                escaped = false;
            } else if (quoted) {
                quoted = c != '"';
                escaped = c == '\\';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                depth++;
                opened = true;
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
    }

    boolean reached() {
        return opened && depth <= 0;
    }
}
