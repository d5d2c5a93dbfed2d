package io.fairlead.protocol.chatform;

import java.util.Locale;

/** Sound as this family names it, and what it is by its first bytes. Stateless: any thread. */
final class AudioTypes {
    private AudioTypes() {}

    /** {@code mp3} is {@code audio/mpeg}. */
    static String type(String format) {
        return format.equals("mp3") ? "audio/mpeg" : "audio/" + format;
    }

    static String format(String mediaType) {
        String type = mediaType.toLowerCase(Locale.ROOT);
        return switch (type) {
            case "audio/mpeg", "audio/mp3" -> "mp3";
            case "audio/wav", "audio/x-wav", "audio/wave" -> "wav";
            default -> type.startsWith("audio/") ? type.substring(6) : type;
        };
    }

    /** What sound this is, by its first bytes; OpenAI's answers don't say. */
    static String typeOf(String base64) {
        if (base64.startsWith("T2dn")) {
            return "audio/ogg";
        }
        if (base64.startsWith("UklGR")) {
            return "audio/wav";
        }
        if (base64.startsWith("ZkxhQw")) {
            return "audio/flac";
        }
        return base64.startsWith("SUQz") || base64.startsWith("//") ? "audio/mpeg" : "audio/pcm";
    }
}
