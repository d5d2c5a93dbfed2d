package io.fairlead.protocol.service.embed;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What vectors are made for, where a model makes others for each. Immutable. */
public enum Purpose {
    QUERY("query", "search_query", "retrieval.query", "retrieval_query"),
    DOCUMENT("document", "passage", "search_document", "retrieval.passage", "retrieval_document"),
    SIMILARITY("semantic_similarity", "text-matching"),
    CLASSIFICATION("classification"),
    CLUSTERING("clustering", "separation"),
    QUESTION("question_answering"),
    FACT("fact_verification"),
    CODE_QUERY("code_retrieval_query", "code.query", "nl2code.query");

    private static final Map<String, Purpose> BY_WORD = byWord();

    private final String[] words;

    Purpose(String... words) {
        this.words = words;
    }

    private static Map<String, Purpose> byWord() {
        Map<String, Purpose> all = new HashMap<>();
        for (Purpose purpose : values()) {
            for (String word : purpose.words) {
                all.put(word, purpose);
            }
        }
        return Map.copyOf(all);
    }

    /** The purpose that any provider means by this word; empty: none does. */
    public static Optional<Purpose> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word.toLowerCase(Locale.ROOT)));
    }

    /** Whether it is one of the sorts of question that are asked of documents. */
    public boolean asks() {
        return switch (this) {
            case QUERY, QUESTION, FACT, CODE_QUERY -> true;
            case DOCUMENT, SIMILARITY, CLASSIFICATION, CLUSTERING -> false;
        };
    }
}
