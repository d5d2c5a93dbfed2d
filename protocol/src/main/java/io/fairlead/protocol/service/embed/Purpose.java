package io.fairlead.protocol.service.embed;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What vectors are made for, where a model makes others for each. Immutable. */
public enum Purpose {
    QUERY,
    DOCUMENT,
    SIMILARITY,
    CLASSIFICATION,
    CLUSTERING,
    QUESTION,
    FACT,
    CODE_QUERY;

    /** The words of all providers. */
    private static final Map<String, Purpose> BY_WORD =
            Map.ofEntries(
                    entry("query", QUERY),
                    entry("search_query", QUERY),
                    entry("retrieval.query", QUERY),
                    entry("retrieval_query", QUERY),
                    entry("document", DOCUMENT),
                    entry("passage", DOCUMENT),
                    entry("search_document", DOCUMENT),
                    entry("retrieval.passage", DOCUMENT),
                    entry("retrieval_document", DOCUMENT),
                    entry("semantic_similarity", SIMILARITY),
                    entry("text-matching", SIMILARITY),
                    entry("classification", CLASSIFICATION),
                    entry("clustering", CLUSTERING),
                    entry("separation", CLUSTERING),
                    entry("question_answering", QUESTION),
                    entry("fact_verification", FACT),
                    entry("code_retrieval_query", CODE_QUERY),
                    entry("code.query", CODE_QUERY),
                    entry("nl2code.query", CODE_QUERY));

    /** The purpose that any provider means by this word; empty: none does. */
    public static Optional<Purpose> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word.toLowerCase(Locale.ROOT)));
    }
}
