package io.fairlead.protocol.responses;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Citation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Annotations of a text. Stateless: any thread. */
final class Annotations {
    private static final String URL = "url_citation";
    private static final String FILE = "file_citation";

    private Annotations() {}

    /** All of them; what is no annotation is passed over. */
    static List<Citation> read(Json annotations) {
        List<Citation> citations = new ArrayList<>();
        for (Json annotation : annotations.elements()) {
            if (annotation.isObject()) {
                citations.add(readOne(annotation));
            }
        }
        return citations;
    }

    static Citation readOne(Json annotation) {
        Fields fields = Fields.ofAnswer(annotation);
        boolean web =
                fields.peek("type").filter(type -> type.is(URL)).isPresent() || fields.has("url");
        if (web) {
            return new Citation(
                    Citation.Kind.WEB,
                    fields.text("url"),
                    fields.text("title"),
                    Optional.empty(),
                    Optional.empty(),
                    fields.count("start_index"),
                    fields.count("end_index"),
                    fields.rest(Wire.SELF));
        }
        return new Citation(
                Citation.Kind.FILE,
                Optional.empty(),
                fields.text("filename"),
                Optional.empty(),
                fields.text("file_id"),
                fields.count("start_index"),
                fields.count("end_index"),
                fields.rest(Wire.SELF));
    }

    static JsonArray write(List<Citation> citations) {
        JsonArray array = new JsonArray();
        citations.forEach(citation -> array.add(writeOne(citation)));
        return array;
    }

    static JsonObject writeOne(Citation citation) {
        JsonObject object = new JsonObject();
        boolean own = Wire.own(citation.beside());
        object.merge(citation.beside().of(Wire.SELF));
        if (citation.kind() == Citation.Kind.WEB || !own && citation.url().isPresent()) {
            if (!own) {
                object.put("type", URL);
            }
            object.put("url", citation.url()).put("title", citation.title());
            if (!own) {
                object.put("url", citation.url().orElse(""));
                object.put("title", citation.title().orElse(""));
            }
        } else {
            if (!own) {
                object.put("type", FILE).put("index", citation.start().orElse(0L));
                object.put("filename", citation.title().orElse(""));
                object.put("file_id", citation.source().orElse(""));
                return object;
            }
            object.put("filename", citation.title()).put("file_id", citation.source());
        }
        object.put("start_index", citation.start()).put("end_index", citation.end());
        if (!own) {
            object.put("start_index", citation.start().orElse(0L));
            object.put("end_index", citation.end().orElse(0L));
        }
        return object;
    }
}
