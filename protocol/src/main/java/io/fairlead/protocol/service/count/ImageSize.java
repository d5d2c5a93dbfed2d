package io.fairlead.protocol.service.count;

import java.util.Base64;
import java.util.Optional;

/** Width and height of an image in pixels, as its first bytes tell. Immutable. */
record ImageSize(int width, int height) {
    /** A JPEG says its size behind previews and profiles. */
    private static final int MOST_LOOKED_AT = 256 * 1024;

    /** Empty: it is no PNG, GIF, WebP or JPEG, or it does not say. */
    static Optional<ImageSize> of(String base64) {
        int length = Math.min(base64.length(), MOST_LOOKED_AT) / 4 * 4;
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.substring(0, length));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
        if (starts(bytes, 0, "\u0089PNG") && bytes.length >= 24) {
            return checked(big(bytes, 16, 4), big(bytes, 20, 4));
        }
        if (starts(bytes, 0, "GIF8") && bytes.length >= 10) {
            return checked(little(bytes, 6, 2), little(bytes, 8, 2));
        }
        if (starts(bytes, 0, "RIFF") && starts(bytes, 8, "WEBP") && bytes.length >= 30) {
            return webp(bytes);
        }
        return starts(bytes, 0, "\u00ff\u00d8") ? jpeg(bytes) : Optional.empty();
    }

    private static Optional<ImageSize> webp(byte[] bytes) {
        if (starts(bytes, 12, "VP8 ")) {
            return checked(little(bytes, 26, 2) & 0x3FFF, little(bytes, 28, 2) & 0x3FFF);
        }
        if (starts(bytes, 12, "VP8L")) {
            long bits = little(bytes, 21, 4);
            return checked((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
        }
        return checked(little(bytes, 24, 3) + 1, little(bytes, 27, 3) + 1);
    }

    private static Optional<ImageSize> jpeg(byte[] bytes) {
        int at = 2;
        while (at + 9 <= bytes.length && (bytes[at] & 0xFF) == 0xFF) {
            int marker = bytes[at + 1] & 0xFF;
            boolean frame =
                    marker >= 0xC0
                            && marker <= 0xCF
                            && marker != 0xC4
                            && marker != 0xC8
                            && marker != 0xCC;
            if (frame) {
                return checked(big(bytes, at + 7, 2), big(bytes, at + 5, 2));
            }
            at += 2 + (int) Math.max(2, big(bytes, at + 2, 2));
        }
        return Optional.empty();
    }

    private static Optional<ImageSize> checked(long width, long height) {
        boolean sensible = width > 0 && height > 0 && width <= 65_535 && height <= 65_535;
        return sensible ? Optional.of(new ImageSize((int) width, (int) height)) : Optional.empty();
    }

    private static boolean starts(byte[] bytes, int from, String latin) {
        if (bytes.length < from + latin.length()) {
            return false;
        }
        for (int i = 0; i < latin.length(); i++) {
            if ((bytes[from + i] & 0xFF) != latin.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static long big(byte[] bytes, int from, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | bytes[from + i] & 0xFF;
        }
        return value;
    }

    private static long little(byte[] bytes, int from, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | bytes[from + i] & 0xFF;
        }
        return value;
    }
}
