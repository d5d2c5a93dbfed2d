package io.fairlead.protocol.gemini;

import java.util.Optional;

/**
 * Places in a text, which Google counts in bytes of UTF-8 and the canonical model in UTF-16 units.
 * Each question costs what lies between it and the last one, so questions in order are cheap; the
 * work of all is bounded. Confined to one thread.
 */
final class Utf8Places {
    /** After so many steps backwards, questions are left without an answer. */
    private static final int MOST_RESTARTS = 1000;

    private final CharSequence text;
    private int chars;
    private long bytes;
    private int restarts;

    Utf8Places(CharSequence text) {
        this.text = text;
    }

    /** The place in UTF-16 units; empty if there is none. */
    Optional<Long> place(long bytesBefore) {
        if (bytesBefore < bytes && !restart()) {
            return Optional.empty();
        }
        while (bytes < bytesBefore && chars < text.length()) {
            step();
        }
        return bytes == bytesBefore ? Optional.of((long) chars) : Optional.empty();
    }

    /** How many bytes stand before this place; that of the end if it is beyond. */
    long bytesBefore(long place) {
        if (place < chars && !restart()) {
            return bytes;
        }
        while (chars < place && chars < text.length()) {
            step();
        }
        return bytes;
    }

    String between(long start, long end) {
        int to = (int) Math.min(Math.max(end, 0), text.length());
        int from = (int) Math.min(Math.max(start, 0), to);
        return text.subSequence(from, to).toString();
    }

    private boolean restart() {
        if (restarts == MOST_RESTARTS) {
            return false;
        }
        restarts++;
        chars = 0;
        bytes = 0;
        return true;
    }

    private void step() {
        char c = text.charAt(chars);
        if (Character.isHighSurrogate(c)
                && chars + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(chars + 1))) {
            chars += 2;
            bytes += 4;
        } else {
            chars++;
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
    }
}
