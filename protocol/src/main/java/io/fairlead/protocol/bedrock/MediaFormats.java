package io.fairlead.protocol.bedrock;

import io.fairlead.protocol.model.Media;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Converse names the formats of media in words of its own, close to file endings; everyone else has
 * media types. Stateless: any thread.
 */
final class MediaFormats {
    private static final String[][] KNOWN = {
        {"png", "image/png"},
        {"jpeg", "image/jpeg"},
        {"gif", "image/gif"},
        {"webp", "image/webp"},
        {"pdf", "application/pdf"},
        {"csv", "text/csv"},
        {"doc", "application/msword"},
        {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {"xls", "application/vnd.ms-excel"},
        {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {"html", "text/html"},
        {"txt", "text/plain"},
        {"md", "text/markdown"},
        {"mkv", "video/x-matroska"},
        {"mov", "video/quicktime"},
        {"mp4", "video/mp4"},
        {"webm", "video/webm"},
        {"flv", "video/x-flv"},
        {"mpeg", "video/mpeg"},
        {"wmv", "video/x-ms-wmv"},
        {"three_gp", "video/3gpp"},
        {"mp3", "audio/mpeg"},
        {"wav", "audio/wav"},
        {"wav", "audio/x-wav"},
        {"aac", "audio/aac"},
        {"flac", "audio/flac"},
        {"ogg", "audio/ogg"},
        {"opus", "audio/opus"},
        {"m4a", "audio/m4a"},
        {"m4a", "audio/x-m4a"},
        {"mka", "audio/x-matroska"},
        {"mp4", "audio/mp4"},
        {"webm", "audio/webm"},
        {"pcm", "audio/pcm"},
        {"pcm", "audio/l16"},
        {"jpeg", "image/jpg"},
    };

    private static final Map<String, String> FORMATS = new HashMap<>();
    private static final Map<String, String> TYPES = new HashMap<>();

    static {
        for (String[] pair : KNOWN) {
            FORMATS.put(pair[1], pair[0]);
            TYPES.putIfAbsent(family(pair[1]) + pair[0], pair[1]);
        }
    }

    private MediaFormats() {}

    /** All documents are one family, whatever their types begin with. */
    private static String family(String type) {
        return type.startsWith("image/") || type.startsWith("video/") || type.startsWith("audio/")
                ? type.substring(0, 6)
                : "";
    }

    private static String family(Media.Kind kind) {
        return switch (kind) {
            case IMAGE -> "image/";
            case VIDEO -> "video/";
            case AUDIO -> "audio/";
            case DOCUMENT -> "";
        };
    }

    /** The media type of a format; what is no format but a media type is taken as it is. */
    static String type(Media.Kind kind, String format) {
        String known = TYPES.get(family(kind) + format);
        if (known != null) {
            return known;
        }
        if (format.indexOf('/') > 0) {
            return format;
        }
        return (kind == Media.Kind.DOCUMENT ? "application/" : family(kind)) + format;
    }

    /** The format of a media type, or of a name with that ending where the type says nothing. */
    static String format(Media.Kind kind, String mediaType, Optional<String> name) {
        int parameters = mediaType.indexOf(';');
        String bare =
                (parameters < 0 ? mediaType : mediaType.substring(0, parameters))
                        .strip()
                        .toLowerCase(Locale.ROOT);
        String known = FORMATS.get(bare);
        if (known != null) {
            return known;
        }
        String ending = name.map(MediaFormats::ending).orElse("");
        if (TYPES.containsKey(family(kind) + ending)) {
            return ending;
        }
        if (kind == Media.Kind.DOCUMENT) {
            return bare.equals("application/octet-stream") ? "pdf" : "txt";
        }
        String word = bare.substring(bare.indexOf('/') + 1);
        return word.startsWith("x-") ? word.substring(2) : word;
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
