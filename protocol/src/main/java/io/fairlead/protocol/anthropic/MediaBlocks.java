package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.model.Part;

import java.util.List;
import java.util.Optional;

/** Images, documents and search results as blocks. Stateless: any thread. */
final class MediaBlocks {
    /** The block was a {@code search_result}, which is a document of texts. */
    private static final String SEARCH_RESULT = "search_result";

    private MediaBlocks() {}

    static Part image(Fields block) {
        return media(block, Media.Kind.IMAGE, Optional.empty());
    }

    static Part document(Fields block) {
        return media(block, Media.Kind.DOCUMENT, block.text("title"));
    }

    private static Part media(Fields block, Media.Kind kind, Optional<String> name) {
        Fields fields = block.needObject("source");
        Optional<Source> source = source(block, fields, fields.needText("type"));
        if (source.isEmpty()) {
            String type = kind == Media.Kind.IMAGE ? "image" : "document";
            return Foreign.of(Own.ORIGIN, type, block.whole());
        }
        return new Media(
                kind,
                source.get(),
                name,
                Optional.empty(),
                PartReader.marks(block, Optional.empty()));
    }

    /** Empty: of a kind nobody knows. */
    private static Optional<Source> source(Fields block, Fields source, String type) {
        return switch (type) {
            case "base64" ->
                    Optional.of(
                            new Source.Inline(
                                    source.needText("media_type"), source.needString("data")));
            case "url" -> Optional.of(new Source.Url(source.needText("url"), Optional.empty()));
            case "file" ->
                    Optional.of(new Source.FileId(source.needText("file_id"), Optional.empty()));
            case "text" -> {
                source.take("media_type");
                yield Optional.of(new Source.PlainText(source.needText("data")));
            }
            case "content" -> {
                if (source.peek("content").filter(Json::isString).isPresent()) {
                    block.form(Own.AS_TEXT);
                }
                yield Optional.of(new Source.Parts(PartReader.content(source, "content")));
            }
            default -> Optional.empty();
        };
    }

    static Part searchResult(Fields block) {
        List<Part> parts = PartReader.content(block, "content");
        block.form(SEARCH_RESULT);
        return new Media(
                Media.Kind.DOCUMENT,
                new Source.Parts(parts),
                block.text("title"),
                Optional.empty(),
                PartReader.marks(block, Optional.empty()));
    }

    /** The block; empty for what this protocol has no word for: sound and films. */
    static Optional<JsonObject> write(Media media) {
        return switch (media.kind()) {
            case IMAGE ->
                    Optional.of(new JsonObject().put("type", "image").put("source", source(media)));
            case DOCUMENT -> Optional.of(document(media));
            case AUDIO, VIDEO -> Optional.empty();
        };
    }

    private static JsonObject document(Media media) {
        Beside beside = media.marks().beside();
        if (beside.form(Own.ORIGIN, SEARCH_RESULT)
                && media.source() instanceof Source.Parts(List<Part> parts)) {
            return new JsonObject()
                    .put("type", SEARCH_RESULT)
                    .put("title", media.name())
                    .put("content", PartWriter.all(parts));
        }
        return new JsonObject()
                .put("type", "document")
                .put("source", source(media))
                .put("title", media.name());
    }

    private static JsonObject source(Media media) {
        JsonObject source = new JsonObject();
        return switch (media.source()) {
            case Source.Inline(String mediaType, JsonString base64) ->
                    source.put("type", "base64").put("media_type", mediaType).put("data", base64);
            case Source.Url(String url, Optional<String> ignored) ->
                    source.put("type", "url").put("url", url);
            case Source.FileId(String id, Optional<String> ignored) ->
                    source.put("type", "file").put("file_id", id);
            case Source.PlainText(String text) ->
                    source.put("type", "text").put("media_type", "text/plain").put("data", text);
            case Source.Parts(List<Part> parts) ->
                    PartWriter.content(
                            source.put("type", "content"),
                            "content",
                            parts,
                            media.marks().beside());
        };
    }
}
