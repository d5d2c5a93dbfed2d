package io.fairlead.protocol.json;

/** UTF-8 of single code points. Stateless: any thread. */
final class Utf8 {
    private static final int REPLACEMENT = 0xFFFD;

    private Utf8() {}

    /**
     * Writes a code point; a half of a surrogate pair becomes U+FFFD.
     *
     * @return the place behind it, at most four further
     */
    static int put(int codePoint, byte[] bytes, int place) {
        int at = place;
        if (codePoint < 0x80) {
            bytes[at++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            bytes[at++] = (byte) (0xC0 | codePoint >> 6);
            bytes[at++] = (byte) (0x80 | codePoint & 0x3F);
        } else if (codePoint < 0x10000) {
            int whole =
                    codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE
                            ? REPLACEMENT
                            : codePoint;
            bytes[at++] = (byte) (0xE0 | whole >> 12);
            bytes[at++] = (byte) (0x80 | whole >> 6 & 0x3F);
            bytes[at++] = (byte) (0x80 | whole & 0x3F);
        } else {
            bytes[at++] = (byte) (0xF0 | codePoint >> 18);
            bytes[at++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
            bytes[at++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
            bytes[at++] = (byte) (0x80 | codePoint & 0x3F);
        }
        return at;
    }
}
