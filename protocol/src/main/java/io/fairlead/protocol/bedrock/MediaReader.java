package io.fairlead.protocol.bedrock;

import static io.fairlead.protocol.bedrock.BedrockConverseProtocol.ORIGIN;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads images, documents, films, sounds and search results. A format that is not the one we write
 * for its media type stays beside. Stateless: any thread.
 */
final class MediaReader {
    private MediaReader() {}

    static Optional<Part> media(String name, Fields block) {
        return media(name, block, block);
    }

    /**
     * @param name of the member that holds it
     * @param holder in which the member stands
     * @param block the outermost object of the part
     */
    static Optional<Part> media(String name, Fields holder, Fields block) {
        Optional<Fields> media = holder.object(name);
        if (media.isEmpty()) {
            return Optional.empty();
        }
        if (name.equals(PartReader.SEARCH_RESULT)) {
            return Optional.of(searchResult(media.get(), block));
        }
        Media.Kind kind = kind(name);
        Optional<Media.Source> source = source(kind, media.get());
        if (source.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> title =
                kind == Media.Kind.DOCUMENT ? media.get().text("name") : Optional.empty();
        return Optional.of(
                new Media(
                        kind, source.get(), title, Optional.empty(), Marks.of(block.rest(ORIGIN))));
    }

    private static Media.Kind kind(String name) {
        return switch (name) {
            case "image" -> Media.Kind.IMAGE;
            case "video" -> Media.Kind.VIDEO;
            case "audio" -> Media.Kind.AUDIO;
            default -> Media.Kind.DOCUMENT;
        };
    }

    private static Optional<Media.Source> source(Media.Kind kind, Fields media) {
        Optional<Fields> source = media.object("source");
        if (source.isEmpty()) {
            return Optional.empty();
        }
        Fields from = source.get();
        if (from.has("bytes")) {
            String type = type(kind, media).orElse("application/octet-stream");
            return from.string("bytes").map(bytes -> new Media.Source.Inline(type, bytes));
        }
        if (from.has("s3Location")) {
            Optional<String> type = type(kind, media);
            return from.object("s3Location")
                    .flatMap(place -> place.text("uri"))
                    .map(uri -> new Media.Source.Url(uri, type));
        }
        if (from.has("text")) {
            return from.text("text").map(Media.Source.PlainText::new);
        }
        return from.has("content")
                ? Optional.of(new Media.Source.Parts(pieces(from)))
                : Optional.empty();
    }

    private static List<Part> pieces(Fields from) {
        List<Part> parts = new ArrayList<>();
        for (Fields piece : from.objects("content")) {
            parts.add(PartReader.part(piece));
        }
        return parts;
    }

    private static Optional<String> type(Media.Kind kind, Fields media) {
        Optional<String> format = media.peek("format").filter(Json::isString).map(Json::text);
        if (format.isEmpty()) {
            return Optional.empty();
        }
        String type = MediaFormats.type(kind, format.get());
        if (MediaFormats.format(kind, type, Optional.empty()).equals(format.get())) {
            media.take("format");
        }
        return Optional.of(type);
    }

    /** A document in pieces, with a title. */
    private static Part searchResult(Fields result, Fields block) {
        Optional<String> title = result.text("title");
        Media.Source source = new Media.Source.Parts(pieces(result));
        block.form(PartReader.SEARCH_RESULT);
        return new Media(
                Media.Kind.DOCUMENT, source, title, Optional.empty(), Marks.of(block.rest(ORIGIN)));
    }
}
