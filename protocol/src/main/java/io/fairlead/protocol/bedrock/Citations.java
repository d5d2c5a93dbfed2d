package io.fairlead.protocol.bedrock;

import static io.fairlead.protocol.bedrock.BedrockConverseProtocol.ORIGIN;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Citation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Citations of answers, whole and streamed: where they point to in a document stays beside, as no
 * other protocol counts alike. Stateless: any thread.
 */
final class Citations {
    /** The source is only named by the location, which is beside. */
    private static final String BY_INDEX = "index";

    private Citations() {}

    static Citation read(Fields citation) {
        Optional<String> title = citation.text("title");
        Optional<String> source = citation.text("source");
        String cited = joined(citation, "sourceContent");
        Optional<Fields> location = citation.object("location");
        Optional<String> document = location.flatMap(Citations::document);
        if (source.isEmpty() && document.isPresent()) {
            citation.form(BY_INDEX);
        }
        Optional<Fields> web = location.flatMap(place -> place.object("web"));
        return new Citation(
                web.isPresent() ? Citation.Kind.WEB : Citation.Kind.DOCUMENT,
                web.flatMap(page -> page.text("url")),
                title,
                cited.isEmpty() ? Optional.empty() : Optional.of(cited),
                source.or(() -> document),
                Optional.empty(),
                Optional.empty(),
                citation.rest(ORIGIN));
    }

    /** Which document of the request; looked at only, so that it stays beside. */
    private static Optional<String> document(Fields location) {
        for (Json.Member place : location.whole().members()) {
            Optional<Json> index =
                    place.value()
                            .get("documentIndex")
                            .or(() -> place.value().get("searchResultIndex"));
            if (index.isPresent() && index.get().kind() == Json.Kind.NUMBER) {
                return Optional.of(Long.toString(index.get().whole()));
            }
        }
        return Optional.empty();
    }

    /**
     * The texts of an array of {@code {text}}, joined. Only a single one is taken; others stay
     * beside as they are.
     */
    static String joined(Fields fields, String name) {
        List<Json> pieces = fields.peek(name).map(Json::elements).orElse(List.of());
        StringBuilder text = new StringBuilder();
        for (Json piece : pieces) {
            piece.get("text").filter(Json::isString).ifPresent(words -> text.append(words.text()));
        }
        if (pieces.size() == 1 && pieces.getFirst().members().size() == 1 && !text.isEmpty()) {
            fields.take(name);
        }
        return text.toString();
    }

    static JsonObject write(Citation citation) {
        JsonObject written = new JsonObject();
        written.put("title", citation.title());
        Map<String, Json> beside = citation.beside().of(ORIGIN);
        if (!citation.beside().form(ORIGIN, BY_INDEX)) {
            written.put("source", citation.source());
        }
        if (!beside.containsKey("sourceContent")) {
            citation.cited().ifPresent(cited -> pieces(written, "sourceContent", cited));
        }
        citation.url().ifPresent(url -> written.object("location").object("web").put("url", url));
        written.merge(beside);
        return written;
    }

    /** Text as an array of one {@code {text}}. */
    static void pieces(JsonObject written, String name, String text) {
        written.array(name).addObject().put("text", text);
    }
}
