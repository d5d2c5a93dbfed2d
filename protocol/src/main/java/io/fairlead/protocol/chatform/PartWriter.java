package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.DataUrl;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Text;

/** Writes the parts of a message's content. Immutable: any thread. */
final class PartWriter {
    private final Dialect dialect;

    PartWriter(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Whether the part stands in the content, and not in a member of its own. */
    boolean isContent(Part part) {
        return switch (part) {
            case Text ignored -> true;
            case Media media -> !media.marks().beside().form(dialect.protocol(), ImagesForm.IMAGES);
            case Refusal refusal -> amongParts(refusal);
            case Reasoning reasoning ->
                    amongParts(reasoning)
                            || dialect.reasoning() == Dialect.ReasoningPlace.PARTS
                                    && !reasoning.text().isEmpty();
            case Foreign foreign ->
                    foreign.origin() == dialect.protocol() && !MessageReader.isBeside(foreign);
            default -> false;
        };
    }

    private boolean amongParts(Part part) {
        return part.marks().beside().form(dialect.protocol(), PartReader.AMONG_PARTS);
    }

    /** Whether a text needs an object of its own. */
    boolean isPlain(Text text) {
        return text.marks().cache().isEmpty()
                && text.marks().beside().of(dialect.protocol()).isEmpty();
    }

    void write(Part part, JsonArray content) {
        switch (part) {
            case Text text -> {
                JsonObject object = content.addObject().put("type", "text");
                marks(text, object.put("text", text.words()));
            }
            case Refusal refusal -> {
                JsonObject object = content.addObject().put("type", "refusal");
                marks(refusal, object.put("refusal", refusal.text()));
            }
            case Reasoning reasoning -> thinking(reasoning, content.addObject());
            case Media media -> media(media, content);
            case Foreign foreign -> content.add(foreign.raw());
            default -> throw new IllegalStateException("not part of the content: " + part);
        }
    }

    private void thinking(Reasoning reasoning, JsonObject object) {
        JsonArray sections = object.put("type", "thinking").array("thinking");
        for (String section :
                reasoning.content().isEmpty() ? reasoning.summary() : reasoning.content()) {
            sections.addObject().put("type", "text").put("text", section);
        }
        marks(reasoning, object);
    }

    private void media(Media media, JsonArray content) {
        if (media.source() instanceof Source.PlainText(String text)) {
            content.addObject().put("type", "text").put("text", text);
            return;
        }
        if (media.source() instanceof Source.Parts(java.util.List<Part> parts)) {
            parts.stream().filter(this::isContent).forEach(part -> write(part, content));
            return;
        }
        JsonObject object = content.addObject();
        switch (media.kind()) {
            case IMAGE -> address("image_url", media, object);
            case VIDEO -> address("video_url", media, object);
            case AUDIO -> audio(media, object);
            case DOCUMENT -> document(media, object);
        }
        marks(media, object);
    }

    private void address(String member, Media media, JsonObject object) {
        object.put("type", member);
        if (bare(media)) {
            object.put(member, url(media.source()));
        } else {
            object.object(member).put("url", url(media.source())).put("detail", media.detail());
        }
    }

    private void audio(Media media, JsonObject object) {
        object.put("type", "input_audio");
        if (bare(media) || !(media.source() instanceof Source.Inline inline)) {
            object.put("input_audio", url(media.source()));
            return;
        }
        object.object("input_audio")
                .put("data", inline.data())
                .put("format", AudioTypes.format(inline.mediaType()));
    }

    private void document(Media media, JsonObject object) {
        if (dialect.reasoning() == Dialect.ReasoningPlace.PARTS || documentUrl(media)) {
            mistralDocument(media, object);
            return;
        }
        object.put("type", "file");
        if (bare(media) && media.source() instanceof Source.FileId id) {
            object.put("file_id", id.id());
            return;
        }
        JsonObject file = object.object("file");
        switch (media.source()) {
            case Source.FileId id -> file.put("file_id", id.id());
            case Source.Inline inline when bare(media) -> file.put("file_data", inline.data());
            default -> file.put("file_data", url(media.source()));
        }
        file.put("filename", media.name());
    }

    private void mistralDocument(Media media, JsonObject object) {
        if (media.source() instanceof Source.FileId id) {
            object.put("type", "file").put("file_id", id.id());
        } else {
            object.put("type", "document_url")
                    .put("document_url", url(media.source()))
                    .put("document_name", media.name());
        }
    }

    private boolean documentUrl(Media media) {
        return media.marks().beside().form(dialect.protocol(), PartReader.DOCUMENT_URL);
    }

    private boolean bare(Media media) {
        return media.marks().beside().form(dialect.protocol(), PartReader.BARE);
    }

    private static JsonString url(Source source) {
        return switch (source) {
            case Source.Inline inline -> DataUrl.of(inline);
            case Source.Url url -> JsonString.of(url.url());
            case Source.FileId id -> JsonString.of(id.id());
            case Source.PlainText text -> JsonString.of(text.text());
            case Source.Parts ignored -> JsonString.EMPTY;
        };
    }

    private void marks(Part part, JsonObject object) {
        CacheMarks.write(part.marks().cache(), object, dialect);
        Beside beside = part.marks().beside();
        object.merge(beside.of(dialect.protocol()));
    }
}
