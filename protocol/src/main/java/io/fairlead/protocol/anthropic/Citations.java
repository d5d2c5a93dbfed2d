package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Citation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sources of a text. Where in the source the cited words stand has no canonical word and stays
 * beside, like the kind of citation. Stateless: any thread.
 */
final class Citations {
    private static final String WEB = "web_search_result_location";
    private static final String SEARCHED = "search_result_location";
    private static final String CHARACTERS = "char_location";

    private Citations() {}

    static List<Citation> read(Fields block) {
        if (block.peek("citations").filter(c -> c.isArray() && !c.isEmpty()).isEmpty()) {
            return List.of();
        }
        List<Citation> citations = new ArrayList<>();
        for (Fields citation : block.objects("citations")) {
            citations.add(readOne(citation));
        }
        return citations;
    }

    static Citation readOne(Fields fields) {
        Optional<Json> type = fields.peek("type");
        boolean web = type.filter(t -> t.is(WEB)).isPresent();
        boolean titled = web || type.filter(t -> t.is(SEARCHED)).isPresent();
        return new Citation(
                web ? Citation.Kind.WEB : Citation.Kind.DOCUMENT,
                fields.text("url"),
                fields.text(titled ? "title" : "document_title"),
                fields.text("cited_text"),
                source(fields),
                Optional.empty(),
                Optional.empty(),
                Own.wholeRest(fields));
    }

    private static Optional<String> source(Fields fields) {
        return fields.peek("file_id")
                .or(() -> fields.peek("source"))
                .filter(Json::isString)
                .map(Json::text)
                .or(() -> fields.peek("document_index").map(Json::toString));
    }

    static JsonArray write(List<Citation> citations) {
        JsonArray array = new JsonArray();
        citations.forEach(citation -> array.add(writeOne(citation)));
        return array;
    }

    static JsonObject writeOne(Citation citation) {
        if (!Own.isWhole(citation.beside())) {
            return foreign(citation);
        }
        Map<String, Json> rest = citation.beside().of(Own.ORIGIN);
        Json type = rest.getOrDefault("type", Json.NULL);
        boolean titled = type.is(WEB) || type.is(SEARCHED);
        JsonObject object =
                new JsonObject()
                        .put("url", citation.url())
                        .put(titled ? "title" : "document_title", citation.title())
                        .put("cited_text", citation.cited());
        object.merge(rest);
        return object;
    }

    private static JsonObject foreign(Citation citation) {
        JsonObject object = new JsonObject();
        String cited = citation.cited().orElse("");
        Json title = citation.title().map(Json::of).orElse(Json.NULL);
        if (citation.kind() == Citation.Kind.WEB) {
            return object.put("type", WEB)
                    .put("cited_text", cited)
                    .put("encrypted_index", "")
                    .put("title", title)
                    .put("url", citation.url().orElse(""));
        }
        return object.put("type", CHARACTERS)
                .put("cited_text", cited)
                .put("document_index", index(citation.source()))
                .put("document_title", title)
                .put("start_char_index", 0)
                .put("end_char_index", cited.length())
                .put("file_id", citation.source().map(Json::of).orElse(Json.NULL));
    }

    private static long index(Optional<String> source) {
        String digits = source.orElse("");
        if (digits.isEmpty() || digits.length() > 9) {
            return 0;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return 0;
            }
        }
        return Long.parseLong(digits);
    }
}
