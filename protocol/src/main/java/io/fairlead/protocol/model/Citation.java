package io.fairlead.protocol.model;

import java.util.Optional;

/**
 * Where a piece of text comes from. Immutable.
 *
 * @param kind what is cited
 * @param url of a web page
 * @param title of the page or document
 * @param cited the words of the source
 * @param source id or index of the document, where it is one of the request
 * @param start where the supported text begins in the part, in UTF-16 units, where known
 * @param end where it ends
 */
public record Citation(
        Kind kind,
        Optional<String> url,
        Optional<String> title,
        Optional<String> cited,
        Optional<String> source,
        Optional<Long> start,
        Optional<Long> end,
        Beside beside) {
    /** What is cited. */
    public enum Kind {
        WEB,
        DOCUMENT,
        FILE
    }
}
