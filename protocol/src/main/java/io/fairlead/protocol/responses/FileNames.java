package io.fairlead.protocol.responses;

import java.util.Locale;
import java.util.Optional;

/** What a file is by its name, and the other way round. Stateless: any thread. */
final class FileNames {
    private FileNames() {}

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
