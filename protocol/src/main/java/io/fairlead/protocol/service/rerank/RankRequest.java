package io.fairlead.protocol.service.rerank;

import io.fairlead.protocol.model.Beside;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Documents to be ranked by a query. Immutable.
 *
 * @param topN how many of them are wanted; empty: all
 * @param returned whether they shall be given back with their ranks
 * @param maxTokens of each document; more of it is not read
 * @param fields of documents that count; empty: not said
 * @param truncates whether what is too long is cut off, or else an error; empty: not said
 */
public record RankRequest(
        String query,
        List<RankDocument> documents,
        Optional<Long> topN,
        boolean returned,
        Optional<Long> maxTokens,
        List<String> fields,
        Optional<Boolean> truncates,
        Beside beside) {
    public RankRequest {
        documents = List.copyOf(documents);
        fields = List.copyOf(fields);
    }

    List<String> texts() {
        List<String> texts = new ArrayList<>(documents.size());
        for (RankDocument document : documents) {
            texts.add(document.text(fields));
        }
        return texts;
    }
}
