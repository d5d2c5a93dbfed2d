package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.Json.Kind;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Citation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sources of an answer: {@code groundingMetadata} of search, {@code citationMetadata} of
 * recitation. They are read as citations and stay beside as well, for Google's own clients, because
 * there is more in them. Stateless: any thread.
 */
final class Grounding {
    /** The citation is made of what stays beside, too. */
    private static final Beside DERIVED =
            new Beside(Optional.of(ProtoFields.ORIGIN), java.util.Map.of(), Set.of("derived"));

    private Grounding() {}

    /**
     * What this candidate cites.
     *
     * @param text to which its places refer
     */
    static List<Citation> read(ProtoFields candidate, Utf8Places text) {
        List<Citation> citations = new ArrayList<>();
        candidate
                .peek("groundingMetadata")
                .ifPresent(metadata -> grounding(metadata, text, citations));
        candidate
                .peek("citationMetadata")
                .ifPresent(metadata -> recited(metadata, text, citations));
        return citations;
    }

    private static void grounding(Json metadata, Utf8Places text, List<Citation> citations) {
        List<Json> chunks = metadata.get("groundingChunks").orElse(Json.EMPTY_ARRAY).elements();
        List<Json> supports = metadata.get("groundingSupports").orElse(Json.EMPTY_ARRAY).elements();
        if (supports.isEmpty()) {
            for (Json chunk : chunks) {
                citations.add(citation(chunk, Optional.empty(), Optional.empty()));
            }
        }
        for (Json support : supports) {
            Json segment = support.get("segment").orElse(Json.EMPTY_OBJECT);
            Optional<Long> start = place(segment, "startIndex", text);
            Optional<Long> end = count(segment, "endIndex").flatMap(text::place);
            for (Json index :
                    support.get("groundingChunkIndices").orElse(Json.EMPTY_ARRAY).elements()) {
                long chunk = index.kind() == Kind.NUMBER ? index.whole() : -1;
                if (chunk >= 0 && chunk < chunks.size()) {
                    citations.add(
                            citation(
                                    chunks.get((int) chunk),
                                    end.isPresent() ? start : Optional.empty(),
                                    start.isPresent() ? end : Optional.empty()));
                }
            }
        }
    }

    private static Citation citation(Json chunk, Optional<Long> start, Optional<Long> end) {
        Optional<Json> web = chunk.get("web");
        Json source = web.or(() -> chunk.get("retrievedContext")).orElse(Json.EMPTY_OBJECT);
        return new Citation(
                web.isPresent() ? Citation.Kind.WEB : Citation.Kind.FILE,
                text(source, "uri"),
                text(source, "title"),
                text(source, "text"),
                text(source, "fileSearchStore"),
                start,
                end,
                DERIVED);
    }

    private static void recited(Json metadata, Utf8Places text, List<Citation> citations) {
        Json sources =
                metadata.get("citations")
                        .or(() -> metadata.get("citationSources"))
                        .orElse(Json.EMPTY_ARRAY);
        for (Json source : sources.elements()) {
            Optional<Long> end = count(source, "endIndex").flatMap(text::place);
            citations.add(
                    new Citation(
                            Citation.Kind.WEB,
                            text(source, "uri"),
                            text(source, "title"),
                            Optional.empty(),
                            Optional.empty(),
                            end.isPresent() ? place(source, "startIndex", text) : Optional.empty(),
                            end,
                            DERIVED));
        }
    }

    /** A place in the text; Google leaves out a zero. */
    private static Optional<Long> place(Json object, String name, Utf8Places text) {
        return text.place(count(object, name).orElse(0L));
    }

    private static Optional<Long> count(Json object, String name) {
        return object.get(name).filter(n -> n.kind() == Kind.NUMBER).map(Json::whole);
    }

    private static Optional<String> text(Json object, String name) {
        return object.get(name).filter(Json::isString).map(Json::text);
    }

    static boolean isDerived(Citation citation) {
        return citation.beside().form(ProtoFields.ORIGIN, "derived");
    }

    /** Writes what other providers' answers cite, if anything. */
    static void write(List<Citation> citations, Utf8Places text, JsonObject candidate) {
        JsonArray chunks = new JsonArray();
        JsonArray supports = new JsonArray();
        for (Citation citation : citations) {
            if (isDerived(citation)) {
                continue;
            }
            JsonObject source = new JsonObject();
            source.put("uri", citation.url());
            source.put("title", citation.title());
            boolean web = citation.kind() == Citation.Kind.WEB;
            if (!web) {
                source.put("text", citation.cited());
            }
            if (citation.end().isPresent()) {
                JsonObject support = supports.addObject();
                JsonObject segment = support.object("segment");
                long start = citation.start().orElse(0L);
                if (start > 0) {
                    segment.put("startIndex", text.bytesBefore(start));
                }
                segment.put("endIndex", text.bytesBefore(citation.end().get()));
                segment.put("text", text.between(start, citation.end().get()));
                support.array("groundingChunkIndices").add(chunks.size());
            }
            chunks.addObject().put(web ? "web" : "retrievedContext", source);
        }
        if (!chunks.isEmpty() && !candidate.has("groundingMetadata")) {
            JsonObject metadata = candidate.object("groundingMetadata");
            metadata.put("groundingChunks", chunks);
            if (!supports.isEmpty()) {
                metadata.put("groundingSupports", supports);
            }
        }
    }
}
