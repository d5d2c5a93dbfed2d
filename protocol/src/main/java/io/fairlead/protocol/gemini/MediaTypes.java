package io.fairlead.protocol.gemini;

import io.fairlead.protocol.model.Media;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Media types of files by how their addresses end. Stateless: any thread. */
final class MediaTypes {
    private static final Map<String, String> BY_ENDING =
            Map.ofEntries(
                    Map.entry("png", "image/png"),
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("jpeg", "image/jpeg"),
                    Map.entry("webp", "image/webp"),
                    Map.entry("gif", "image/gif"),
                    Map.entry("heic", "image/heic"),
                    Map.entry("heif", "image/heif"),
                    Map.entry("pdf", "application/pdf"),
                    Map.entry("txt", "text/plain"),
                    Map.entry("md", "text/plain"),
                    Map.entry("csv", "text/csv"),
                    Map.entry("html", "text/html"),
                    Map.entry("json", "application/json"),
                    Map.entry("wav", "audio/wav"),
                    Map.entry("mp3", "audio/mpeg"),
                    Map.entry("m4a", "audio/mp4"),
                    Map.entry("flac", "audio/flac"),
                    Map.entry("ogg", "audio/ogg"),
                    Map.entry("mp4", "video/mp4"),
                    Map.entry("mpeg", "video/mpeg"),
                    Map.entry("mov", "video/quicktime"),
                    Map.entry("webm", "video/webm"));

    private MediaTypes() {}

    static Optional<String> ofAddress(String uri) {
        int end = uri.length();
        for (char mark : new char[] {'#', '?'}) {
            int at = uri.lastIndexOf(mark, end - 1);
            end = at > 0 ? at : end;
        }
        int dot = uri.lastIndexOf('.', end - 1);
        if (dot < 0 || end - dot > 6) {
            return Optional.empty();
        }
        String ending = uri.substring(dot + 1, end).toLowerCase(Locale.ROOT);
        return Optional.ofNullable(BY_ENDING.get(ending));
    }

    /** The likeliest type of a medium of which only the kind is known. */
    static String likeliest(Media.Kind kind, String uri) {
        return ofAddress(uri)
                .orElse(
                        switch (kind) {
                            case IMAGE -> "image/jpeg";
                            case DOCUMENT -> "application/pdf";
                            case AUDIO -> "audio/mpeg";
                            case VIDEO -> "video/mp4";
                        });
    }
}
