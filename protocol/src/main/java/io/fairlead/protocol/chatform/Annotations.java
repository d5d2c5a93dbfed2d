package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Citation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sources of a text: {@code annotations} of the type {@code url_citation}. Stateless: any thread.
 */
final class Annotations {
    private Annotations() {}

    /** All of a message, if all are of web pages; else none, and they stay in the rest. */
    static List<Citation> read(Fields message, Dialect dialect) {
        Optional<Json> list = Own.list(message, "annotations");
        if (list.isEmpty()) {
            return List.of();
        }
        for (Json one : list.get().elements()) {
            if (one.get("type").filter(type -> type.is("url_citation")).isEmpty()
                    || one.get("url_citation").filter(Json::isObject).isEmpty()) {
                return List.of();
            }
        }
        List<Citation> citations = new ArrayList<>();
        for (Fields annotation : message.objects("annotations")) {
            annotation.take("type");
            Fields citation = annotation.needObject("url_citation");
            citations.add(
                    new Citation(
                            Citation.Kind.WEB,
                            citation.text("url"),
                            citation.text("title"),
                            citation.text("content"),
                            Optional.empty(),
                            citation.count("start_index"),
                            citation.count("end_index"),
                            Own.marked(annotation, dialect.protocol())));
        }
        return citations;
    }

    /**
     * Those that can be said: web pages with an address.
     *
     * @param before characters of the answer before this text
     * @param length of this text
     */
    static void write(
            List<Citation> citations, int before, int length, Dialect dialect, JsonArray array) {
        for (Citation citation : citations) {
            if (citation.url().isEmpty()) {
                continue;
            }
            boolean own = Own.is(citation.beside(), dialect.protocol());
            JsonObject annotation = array.addObject().put("type", "url_citation");
            JsonObject object = annotation.object("url_citation");
            object.put("url", citation.url());
            object.put("title", own ? citation.title() : citation.title().or(citation::url));
            object.put("content", citation.cited());
            if (own) {
                object.put("start_index", citation.start());
                object.put("end_index", citation.end());
            } else {
                object.put("start_index", before + citation.start().orElse(0L));
                object.put("end_index", before + citation.end().orElse((long) length));
            }
            annotation.merge(citation.beside().of(dialect.protocol()));
        }
    }
}
