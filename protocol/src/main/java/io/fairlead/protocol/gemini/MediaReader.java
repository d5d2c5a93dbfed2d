package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;

/** Reads media: bytes that stand in the part, and files by address. Stateless: any thread. */
final class MediaReader {
    private static final String FILES = "://generativelanguage.googleapis.com/";

    private MediaReader() {}

    /** Null if there are no bytes (lenient reading). */
    static @Nullable Media inline(ProtoFields part) {
        Optional<ProtoFields> blob = part.object("inlineData");
        if (blob.isEmpty()) {
            return null;
        }
        Optional<JsonString> data = blob.get().string("data");
        if (data.isEmpty() && part.strict()) {
            throw blob.get().plain().invalid("data", "base64");
        }
        if (data.isEmpty()) {
            return null;
        }
        String type = blob.get().text("mimeType").orElse("");
        return media(
                kindOf(type, ""), new Source.Inline(type, standard(data.get(), part)), blob.get());
    }

    /** The data in the standard alphabet, padded; how it was written else is noted. */
    private static JsonString standard(JsonString data, ProtoFields part) {
        if (Base64Forms.isStandard(data)) {
            return data;
        }
        String text = data.text();
        boolean urlSafe = Base64Forms.isUrlSafe(text);
        boolean unpadded = Base64Forms.isUnpadded(text);
        if (urlSafe) {
            part.form(Base64Forms.URL_SAFE);
        }
        if (unpadded) {
            part.form(Base64Forms.UNPADDED);
        }
        return urlSafe || unpadded ? JsonString.of(Base64Forms.standard(text)) : data;
    }

    /** Null if there is no address (lenient reading). */
    static @Nullable Media file(ProtoFields part) {
        Optional<ProtoFields> file = part.object("fileData");
        Optional<String> uri = file.flatMap(f -> f.text("fileUri"));
        if (uri.isEmpty()) {
            if (part.strict()) {
                throw file.get().plain().invalid("fileUri", "an address");
            }
            return null;
        }
        Optional<String> type = file.get().text("mimeType");
        Source source =
                isUploaded(uri.get())
                        ? new Source.FileId(uri.get(), type)
                        : new Source.Url(uri.get(), type);
        return media(kindOf(type.orElse(""), uri.get()), source, file.get());
    }

    private static Media media(Media.Kind kind, Source source, ProtoFields data) {
        return new Media(kind, source, data.text("displayName"), Optional.empty(), Marks.NONE);
    }

    private static boolean isUploaded(String uri) {
        return uri.contains(FILES) || !uri.contains("://");
    }

    /** What it is to the model, by its media type, else by how the address ends. */
    static Media.Kind kindOf(String mediaType, String uri) {
        String type = mediaType.isEmpty() ? MediaTypes.ofAddress(uri).orElse("") : mediaType;
        String lower = type.toLowerCase(Locale.ROOT);
        if (lower.startsWith("image/")) {
            return Media.Kind.IMAGE;
        }
        if (lower.startsWith("audio/")) {
            return Media.Kind.AUDIO;
        }
        if (lower.startsWith("video/")
                || uri.startsWith("https://youtu.be/")
                || uri.startsWith("https://www.youtube.com/")) {
            return Media.Kind.VIDEO;
        }
        return Media.Kind.DOCUMENT;
    }
}
