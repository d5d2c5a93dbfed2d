package io.fairlead.protocol.responses;

import io.fairlead.protocol.model.Media.Source;

import java.util.Locale;
import java.util.Optional;

/** Bytes within a URL: {@code data:image/png;base64,...}. Stateless: any thread. */
final class DataUrl {
    private static final String SCHEME = "data:";
    private static final String BASE64 = ";base64,";

    private DataUrl() {}

    /** The bytes of a data URL, or else the URL. */
    static Source source(String url, Optional<String> mediaType) {
        if (url.startsWith(SCHEME)) {
            int comma = url.indexOf(',');
            int mark = comma - BASE64.length() + 1;
            if (comma > 0 && mark >= SCHEME.length() && url.startsWith(BASE64, mark)) {
                String type = url.substring(SCHEME.length(), mark);
                return new Source.Inline(type, url.substring(comma + 1));
            }
        }
        return new Source.Url(url, mediaType);
    }

    static String of(Source.Inline inline) {
        return SCHEME + inline.mediaType() + BASE64 + inline.base64();
    }

    /** What a file must be by its name; a PDF if that says nothing. */
    static String typeOf(Optional<String> name) {
        String lower = name.orElse("").toLowerCase(Locale.ROOT);
        return lower.endsWith(".txt")
                ? "text/plain"
                : lower.endsWith(".csv")
                        ? "text/csv"
                        : lower.endsWith(".md") ? "text/markdown" : "application/pdf";
    }

    /** Files must have a name here; that of one which has none. */
    static String defaultName(String mediaType) {
        return switch (mediaType) {
            case "text/plain" -> "document.txt";
            case "text/csv" -> "document.csv";
            case "text/markdown" -> "document.md";
            case "text/html" -> "document.html";
            case "application/json" -> "document.json";
            default -> "document.pdf";
        };
    }
}
