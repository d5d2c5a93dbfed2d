package io.fairlead.protocol.bedrock;

import static io.fairlead.protocol.bedrock.BedrockConverseProtocol.ORIGIN;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;

import java.util.List;
import java.util.Optional;

/** Writes images, documents, films, sounds and search results. Stateless: any thread. */
final class MediaWriter {
    private MediaWriter() {}

    /** Fills the block, but for what is beside the part. */
    static void media(Media media, JsonObject block) {
        Beside beside = media.marks().beside();
        if (beside.form(ORIGIN, PartReader.SEARCH_RESULT)
                && media.source() instanceof Media.Source.Parts(List<Part> parts)) {
            JsonObject result = block.object(PartReader.SEARCH_RESULT);
            result.put("title", media.name());
            pieces(parts, result.array("content"));
            return;
        }
        boolean guarded = beside.form(ORIGIN, PartReader.GUARD);
        String name = name(media.kind());
        JsonObject outer = guarded ? block.object(PartReader.GUARD) : block;
        JsonObject written = outer.object(name);
        Optional<Json> rest =
                Optional.ofNullable(beside.of(ORIGIN).get(guarded ? PartReader.GUARD : name));
        if (guarded) {
            rest = rest.flatMap(guard -> guard.get(name));
        }
        if (rest.flatMap(other -> other.get("format")).isEmpty()) {
            format(media).ifPresent(format -> written.put("format", format));
        }
        if (media.kind() == Media.Kind.DOCUMENT) {
            written.put("name", media.name());
        }
        source(media.source(), written.object("source"));
    }

    static String name(Media.Kind kind) {
        return switch (kind) {
            case IMAGE -> "image";
            case VIDEO -> "video";
            case AUDIO -> "audio";
            case DOCUMENT -> "document";
        };
    }

    /** Texts need none. */
    private static Optional<String> format(Media media) {
        return switch (media.source()) {
            case Media.Source.Inline inline ->
                    Optional.of(
                            MediaFormats.format(media.kind(), inline.mediaType(), media.name()));
            case Media.Source.Url(String url, Optional<String> type) ->
                    Optional.of(
                            MediaFormats.format(
                                    media.kind(),
                                    type.orElse("application/octet-stream"),
                                    Optional.of(url)));
            case Media.Source.FileId ignored -> Optional.empty();
            case Media.Source.PlainText ignored -> Optional.empty();
            case Media.Source.Parts ignored -> Optional.empty();
        };
    }

    private static void source(Media.Source source, JsonObject written) {
        switch (source) {
            case Media.Source.Inline inline -> written.put("bytes", inline.data());
            case Media.Source.Url(String url, Optional<String> ignored) ->
                    written.object("s3Location").put("uri", url);
            case Media.Source.FileId(String id, Optional<String> ignored) ->
                    written.object("s3Location").put("uri", id);
            case Media.Source.PlainText(String text) -> written.put("text", text);
            case Media.Source.Parts(List<Part> parts) -> pieces(parts, written.array("content"));
        }
    }

    private static void pieces(List<Part> parts, JsonArray content) {
        PartWriter.parts(parts, content);
    }
}
