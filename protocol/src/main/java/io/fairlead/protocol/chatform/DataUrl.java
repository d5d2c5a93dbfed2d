package io.fairlead.protocol.chatform;

import io.fairlead.protocol.model.Media;

import java.util.Locale;
import java.util.Optional;

/** Media as this family writes them: {@code data:} addresses and short format words. Stateless. */
final class DataUrl {
    private static final String MARK = ";base64,";

    private DataUrl() {}

    static Media.Source read(String url) {
        // The mark stands near the beginning: looking further would cost as much as the image.
        int comma = url.startsWith("data:") ? url.indexOf(',') : -1;
        int mark = comma - MARK.length() + 1;
        if (mark >= 5 && url.startsWith(MARK, mark)) {
            return new Media.Source.Inline(url.substring(5, mark), url.substring(comma + 1));
        }
        return new Media.Source.Url(url, Optional.empty());
    }

    static String write(Media.Source.Inline inline) {
        return "data:" + inline.mediaType() + MARK + inline.base64();
    }

    /** {@code mp3} is {@code audio/mpeg}. */
    static String audioType(String format) {
        return format.equals("mp3") ? "audio/mpeg" : "audio/" + format;
    }

    static String audioFormat(String mediaType) {
        String type = mediaType.toLowerCase(Locale.ROOT);
        return switch (type) {
            case "audio/mpeg", "audio/mp3" -> "mp3";
            case "audio/wav", "audio/x-wav", "audio/wave" -> "wav";
            default -> type.startsWith("audio/") ? type.substring(6) : type;
        };
    }

    /** What sound this is, by its first bytes; OpenAI's answers don't say. */
    static String audioTypeOf(String base64) {
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
