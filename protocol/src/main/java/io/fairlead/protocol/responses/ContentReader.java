package io.fairlead.protocol.responses;

import io.fairlead.protocol.codec.DataUrl;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.CacheMark;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the content of messages and of tool outputs. Stateless: any thread. */
final class ContentReader {
    static final String BREAKPOINT = "prompt_cache_breakpoint";

    /** A foreign part that stands in the content of a message, not among the items. */
    static final String CONTENT = "content";

    private ContentReader() {}

    static List<Part> parts(Fields owner, String name, boolean assistant) {
        List<Part> parts = new ArrayList<>();
        for (Fields part : owner.objects(name)) {
            parts.add(part(part, assistant));
        }
        return parts;
    }

    static Part part(Fields part, boolean assistant) {
        String type =
                part.strict()
                        ? part.needText("type")
                        : part.peek("type").filter(Json::isString).map(Json::text).orElse("");
        part.take("type");
        return switch (type) {
            case "input_text", "output_text", "text" -> text(part, type, assistant);
            case "refusal" -> refusal(part);
            case "input_image" -> image(part);
            case "input_file" -> file(part);
            case "input_audio" -> audio(part);
            default -> foreign(type, part.whole());
        };
    }

    private static Part foreign(String type, Json raw) {
        Beside content =
                new Beside(Optional.of(Wire.SELF), java.util.Map.of(), java.util.Set.of(CONTENT));
        return new Foreign(Wire.SELF, type, raw, Marks.of(content));
    }

    private static Part text(Fields part, String type, boolean assistant) {
        if (!type.equals(assistant ? "output_text" : "input_text")) {
            part.form("type:" + type);
        }
        Optional<JsonString> text = part.string("text");
        if (text.isEmpty()) {
            if (part.strict()) {
                part.needText("text");
            }
            part.form("textless");
        }
        List<Citation> citations = List.of();
        Optional<Json> annotations =
                part.peek("annotations").filter(a -> a.isArray() && !a.isEmpty());
        if (annotations.isPresent()
                && annotations.get().elements().stream().allMatch(Json::isObject)) {
            citations = Annotations.read(annotations.get());
            part.take("annotations");
        }
        // Nothing may tell this part from one of another protocol but the rest: if there is none,
        // a form is.
        part.form("own");
        return new Text(text.orElse(JsonString.EMPTY), citations, marks(part));
    }

    private static Part refusal(Fields part) {
        if (part.strict()) {
            part.needText("refusal");
        }
        String text = part.text("refusal").orElse("");
        return new Refusal(text, marks(part));
    }

    private static Part image(Fields part) {
        Optional<JsonString> url = part.string("image_url");
        Optional<String> file = part.text("file_id");
        if (url.isEmpty() && file.isEmpty() && part.strict()) {
            throw part.invalid("image_url", "an image_url or a file_id");
        }
        if (url.isEmpty() && file.isEmpty()) {
            return foreign("input_image", part.whole());
        }
        Source source =
                url.isPresent()
                        ? DataUrl.read(url.get())
                        : new Source.FileId(file.get(), Optional.empty());
        return new Media(
                Media.Kind.IMAGE, source, Optional.empty(), part.text("detail"), marks(part));
    }

    private static Part file(Fields part) {
        Optional<JsonString> data = part.string("file_data");
        Optional<JsonString> url = part.string("file_url");
        Optional<String> id = part.text("file_id");
        Optional<String> name = part.text("filename");
        Source source;
        if (data.isPresent()) {
            source = DataUrl.read(data.get());
            if (!(source instanceof Source.Inline)) {
                part.form("bare");
                source = new Source.Inline(FileNames.typeOf(name), data.get());
            }
        } else if (url.isPresent()) {
            source = DataUrl.read(url.get());
            if (source instanceof Source.Inline) {
                part.form("url");
            }
        } else if (id.isPresent()) {
            source = new Source.FileId(id.get(), Optional.empty());
        } else if (part.strict()) {
            throw part.invalid("file_data", "file_data, file_url or file_id");
        } else {
            return foreign("input_file", part.whole());
        }
        if (source instanceof Source.Inline inline && data.isPresent()) {
            if (name.isEmpty()) {
                part.form("unnamed");
            } else if (name.get().equals(FileNames.defaultName(inline.mediaType()))) {
                name = Optional.empty();
            }
        }
        return new Media(Media.Kind.DOCUMENT, source, name, part.text("detail"), marks(part));
    }

    private static Part audio(Fields part) {
        Fields audio = part.needObject("input_audio");
        JsonString data = audio.string("data").orElse(JsonString.EMPTY);
        String format = audio.text("format").orElse("wav");
        String mediaType = format.equals("mp3") ? "audio/mpeg" : "audio/" + format;
        return new Media(
                Media.Kind.AUDIO,
                new Source.Inline(mediaType, data),
                Optional.empty(),
                Optional.empty(),
                marks(part));
    }

    private static Marks marks(Fields part) {
        Optional<CacheMark> cache = Optional.empty();
        Optional<Fields> breakpoint =
                part.has(BREAKPOINT) ? part.object(BREAKPOINT) : Optional.empty();
        if (breakpoint
                .filter(b -> b.peek("mode").filter(m -> m.is("explicit")).isPresent())
                .isPresent()) {
            breakpoint.get().take("mode");
            cache = Optional.of(CacheMark.DEFAULT);
        }
        return new Marks(cache, Optional.empty(), part.rest(Wire.SELF));
    }
}
