package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.DataUrl;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.CacheMark;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the parts of a message's content, of any protocol of the family. Immutable: any thread. */
final class PartReader {
    /** The address is the member itself, not an object around it. */
    static final String BARE = "bare";

    /** A document by its address, as at Mistral. */
    static final String DOCUMENT_URL = "document_url";

    /** A refusal or thought that stands among the parts. */
    static final String AMONG_PARTS = "part";

    private final Dialect dialect;

    PartReader(Dialect dialect) {
        this.dialect = dialect;
    }

    List<Part> readAll(Fields message, String name) {
        List<Part> parts = new ArrayList<>();
        for (Fields part : message.objects(name)) {
            parts.add(read(part));
        }
        return parts;
    }

    /** What a provider's part lacks makes it foreign; what a client's lacks is an error. */
    private Part read(Fields part) {
        try {
            return read(part, part.needText("type"));
        } catch (Unreadable lacking) {
            if (part.strict()) {
                throw lacking;
            }
            return foreign(part, "");
        }
    }

    private Part read(Fields part, String type) {
        return switch (type) {
            case "text" -> text(part);
            case "image_url" -> media(part, type, Media.Kind.IMAGE);
            case "video_url" -> media(part, type, Media.Kind.VIDEO);
            case "document_url" -> document(part);
            case "input_audio" -> audio(part);
            case "file" -> file(part);
            case "refusal" -> refusal(part);
            case "thinking" -> thinking(part);
            default -> foreign(part, type);
        };
    }

    private Part text(Fields part) {
        return new Text(part.needString("text"), List.of(), marks(part));
    }

    private Part refusal(Fields part) {
        part.form(AMONG_PARTS);
        return new Refusal(part.needText("refusal"), marks(part));
    }

    private Part media(Fields part, String member, Media.Kind kind) {
        Optional<Json> address = part.peek(member);
        if (address.isPresent() && address.get().isString()) {
            part.form(BARE);
            Source source = DataUrl.read(part.needString(member));
            return new Media(kind, source, Optional.empty(), Optional.empty(), marks(part));
        }
        Fields object = part.needObject(member);
        Source source = DataUrl.read(object.needString("url"));
        return new Media(kind, source, Optional.empty(), object.text("detail"), marks(part));
    }

    private Part document(Fields part) {
        part.form(DOCUMENT_URL);
        Source source = DataUrl.read(part.needString("document_url"));
        Optional<String> name = part.text("document_name");
        return new Media(Media.Kind.DOCUMENT, source, name, Optional.empty(), marks(part));
    }

    private Part audio(Fields part) {
        Optional<Json> value = part.peek("input_audio");
        if (value.isPresent() && value.get().isString()) {
            return media(part, "input_audio", Media.Kind.AUDIO);
        }
        Fields audio = part.needObject("input_audio");
        Source source =
                new Source.Inline(
                        AudioTypes.type(audio.text("format").orElse("wav")),
                        audio.needString("data"));
        return new Media(Media.Kind.AUDIO, source, Optional.empty(), Optional.empty(), marks(part));
    }

    private Part file(Fields part) {
        Optional<String> bare = part.text("file_id");
        if (bare.isPresent()) {
            // Mistral has the id beside the type.
            part.form(BARE);
            return document(
                    new Source.FileId(bare.get(), Optional.empty()), Optional.empty(), part);
        }
        Fields file = part.needObject("file");
        Optional<String> name = file.text("filename");
        Optional<String> id = file.text("file_id");
        if (id.isPresent()) {
            return document(new Source.FileId(id.get(), Optional.empty()), name, part);
        }
        Source source = DataUrl.read(file.needString("file_data"));
        if (source instanceof Source.Url(String text, Optional<String> ignored)
                && !text.contains(":")) {
            part.form(BARE);
            source = new Source.Inline("application/pdf", text);
        }
        return document(source, name, part);
    }

    private Part document(Source source, Optional<String> name, Fields part) {
        return new Media(Media.Kind.DOCUMENT, source, name, Optional.empty(), marks(part));
    }

    private Part thinking(Fields part) {
        List<String> sections = new ArrayList<>();
        for (Json section : part.peek("thinking").orElse(Json.NULL).elements()) {
            Optional<Json> text = section.get("text").filter(Json::isString);
            if (text.isEmpty() || section.members().size() > 2) {
                return foreign(part, "thinking");
            }
            sections.add(text.get().text());
        }
        if (sections.isEmpty()) {
            return foreign(part, "thinking");
        }
        part.take("thinking");
        part.form(AMONG_PARTS);
        return new Reasoning(sections, List.of(), marks(part));
    }

    private Foreign foreign(Fields part, String type) {
        return Foreign.of(dialect.protocol(), type, part.whole());
    }

    private Marks marks(Fields part) {
        Optional<CacheMark> cache = CacheMarks.read(part, dialect);
        Beside rest = part.rest(dialect.protocol());
        return cache.isEmpty() ? Marks.of(rest) : new Marks(cache, Optional.empty(), rest);
    }
}
