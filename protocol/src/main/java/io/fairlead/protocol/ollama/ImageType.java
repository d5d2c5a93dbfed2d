package io.fairlead.protocol.ollama;

/** The media type of an image, by its first bytes. Stateless: any thread. */
final class ImageType {
    private ImageType() {}

    /** Of base64; {@code image/png} if it is none of the usual ones. */
    static String of(String base64) {
        if (base64.startsWith("/9j/")) {
            return "image/jpeg";
        }
        if (base64.startsWith("R0lGOD")) {
            return "image/gif";
        }
        if (base64.startsWith("UklGR")) {
            return "image/webp";
        }
        if (base64.startsWith("Qk")) {
            return "image/bmp";
        }
        return "image/png";
    }
}
