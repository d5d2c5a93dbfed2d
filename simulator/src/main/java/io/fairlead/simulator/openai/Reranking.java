package io.fairlead.simulator.openai;

import io.fairlead.simulator.SimAnswer;

import tools.jackson.databind.JsonNode;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * {@code POST /v1/rerank} as at Cohere and Jina: a document's score is the share of the query's
 * words that are in it. Stateless.
 */
final class Reranking {
    private Reranking() {}

    static SimAnswer answer(Call call) {
        String query = call.json().path("query").asString("");
        Set<String> wanted = words(query);
        JsonNode documents = call.json().path("documents");
        boolean returned = call.json().path("return_documents").asBoolean(false);
        int tokens = 0;
        double[] scores = new double[documents.size()];
        for (int i = 0; i < scores.length; i++) {
            String text = text(documents.get(i));
            tokens += SimTokens.count(query) + SimTokens.count(text);
            scores[i] = score(wanted, words(text));
        }
        List<Integer> ranked =
                IntStream.range(0, scores.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -scores[i]))
                        .limit(Math.max(1, call.json().path("top_n").asInt(Integer.MAX_VALUE)))
                        .toList();
        StringJoiner results = new StringJoiner(",");
        for (int i : ranked) {
            results.add(
                    "{\"index\":"
                            + i
                            + ",\"relevance_score\":"
                            + scores[i]
                            + (returned ? ",\"document\":" + document(documents.get(i)) : "")
                            + "}");
        }
        return SimAnswer.json(
                        200,
                        "{\"id\":\""
                                + call.id()
                                + "\",\"model\":"
                                + Json.quote(call.modelName())
                                + ",\"results\":["
                                + results
                                + "],\"usage\":{\"total_tokens\":"
                                + tokens
                                + "},\"meta\":{\"api_version\":{\"version\":\"2\"},"
                                + "\"billed_units\":{\"search_units\":1}}}")
                .after(call.untilComplete(0));
    }

    private static double score(Set<String> wanted, Set<String> found) {
        long hits = wanted.stream().filter(found::contains).count();
        return wanted.isEmpty() ? 0 : Math.round(1000.0 * hits / wanted.size()) / 1000.0;
    }

    private static Set<String> words(String text) {
        return new HashSet<>(
                Arrays.asList(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)));
    }

    private static String text(JsonNode document) {
        return document.isObject()
                ? document.path("text").asString(document.toString())
                : document.asString("");
    }

    private static String document(JsonNode document) {
        return document.isObject()
                ? document.toString()
                : "{\"text\":" + Json.quote(document.asString("")) + "}";
    }
}
