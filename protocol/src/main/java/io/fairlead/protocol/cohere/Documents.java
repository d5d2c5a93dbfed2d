package io.fairlead.protocol.cohere;

import static io.fairlead.protocol.cohere.CohereProtocol.ORIGIN;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;

import java.util.Map;
import java.util.Optional;

/** Documents, which are a text or an object with any members. Stateless: any thread. */
final class Documents {
    /** Holds a document that is not a title and a text, so that it finds its way back. */
    private static final String WHOLE = "whole document";

    private Documents() {}

    static Media read(Json document) {
        Fields fields = Fields.ofAnswer(document.isObject() ? document : Json.EMPTY_OBJECT);
        Optional<Fields> data = fields.object("data");
        Optional<String> text = data.flatMap(d -> d.text("text"));
        if (text.isPresent()) {
            Optional<String> title = data.flatMap(d -> d.text("title"));
            return media(text.get(), title, Marks.of(fields.rest(ORIGIN)));
        }
        Json words = document.get("data").orElse(document);
        Json held = new JsonObject().put(WHOLE, document).toJson();
        return media(
                words.isString() ? words.text() : words.toString(),
                Optional.empty(),
                Marks.of(Fields.ofAnswer(held).rest(ORIGIN)));
    }

    private static Media media(String text, Optional<String> name, Marks marks) {
        return new Media(
                Media.Kind.DOCUMENT,
                new Media.Source.PlainText(text),
                name,
                Optional.empty(),
                marks);
    }

    static Json write(Media document) {
        Map<String, Json> beside = document.marks().beside().of(ORIGIN);
        Json whole = beside.get(WHOLE);
        if (whole != null) {
            return whole;
        }
        String text = document.source() instanceof Media.Source.PlainText(String t) ? t : "";
        JsonObject out = new JsonObject();
        out.object("data").put("title", document.name()).put("text", text);
        out.merge(beside);
        return out.toJson();
    }
}
