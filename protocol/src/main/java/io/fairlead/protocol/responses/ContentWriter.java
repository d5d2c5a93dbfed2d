package io.fairlead.protocol.responses;

import io.fairlead.protocol.codec.DataUrl;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;

import java.util.List;

/** Writes the content of messages and of tool outputs. Stateless: any thread. */
final class ContentWriter {
    private ContentWriter() {}

    /** Whether it stands in a message, not as an item of its own. */
    static boolean inMessage(Part part) {
        return switch (part) {
            case Text ignored -> true;
            case Media media -> !ImageItems.is(media);
            case Refusal ignored -> true;
            case Foreign foreign -> Wire.form(foreign.marks().beside(), ContentReader.CONTENT);
            case ToolCall ignored -> false;
            case ToolResult ignored -> false;
            case Reasoning ignored -> false;
        };
    }

    /**
     * @param answer whether it is for a client that reads an answer, which has more members
     */
    static JsonArray parts(List<Part> parts, boolean assistant, boolean answer) {
        JsonArray array = new JsonArray();
        for (Part part : parts) {
            if (inMessage(part)) {
                part(array, part, assistant, answer);
            }
        }
        return array;
    }

    static void part(JsonArray array, Part part, boolean assistant, boolean answer) {
        switch (part) {
            case Text text -> array.add(text(text, assistant, answer));
            case Refusal refusal -> array.add(refusal(refusal));
            case Media media -> array.add(media(media));
            case Foreign foreign -> array.add(foreign.raw());
            case ToolCall ignored -> {}
            case ToolResult ignored -> {}
            case Reasoning ignored -> {}
        }
    }

    private static JsonObject text(Text text, boolean assistant, boolean answer) {
        Beside beside = text.marks().beside();
        boolean own = Wire.own(beside);
        String type = Wire.word(beside, "type:");
        if (type.isEmpty()) {
            type = assistant ? "output_text" : "input_text";
        }
        JsonObject object = new JsonObject().put("type", type);
        if (!Wire.form(beside, "textless")) {
            object.put("text", text.words());
        }
        if (!text.citations().isEmpty()) {
            object.put("annotations", Annotations.write(text.citations()));
        }
        if (answer && !own) {
            object.array("annotations");
            object.array("logprobs");
        }
        return finish(object, text);
    }

    private static JsonObject refusal(Refusal refusal) {
        return finish(
                new JsonObject().put("type", "refusal").put("refusal", refusal.text()), refusal);
    }

    private static JsonObject finish(JsonObject object, Part part) {
        if (part.marks().cache().isPresent()) {
            object.object(ContentReader.BREAKPOINT).put("mode", "explicit");
        }
        Wire.merge(object, part.marks().beside());
        return object;
    }

    private static JsonObject media(Media media) {
        JsonObject object =
                switch (media.kind()) {
                    case IMAGE -> image(media);
                    case AUDIO -> audio(media);
                    case DOCUMENT -> file(media);
                    // There is no word for films; as a file the provider can say so itself.
                    case VIDEO -> file(media);
                };
        return finish(object.put("detail", media.detail()), media);
    }

    private static JsonObject image(Media media) {
        JsonObject object = new JsonObject().put("type", "input_image");
        return switch (media.source()) {
            case Source.Inline inline -> object.put("image_url", DataUrl.of(inline));
            case Source.Url url -> object.put("image_url", url.url());
            case Source.FileId file -> object.put("file_id", file.id());
            case Source.PlainText text -> text(text.text());
            case Source.Parts parts -> text(spoken(parts.parts()));
        };
    }

    private static JsonObject file(Media media) {
        Beside beside = media.marks().beside();
        JsonObject object = new JsonObject().put("type", "input_file");
        switch (media.source()) {
            case Source.Inline inline -> {
                if (Wire.form(beside, "url")) {
                    object.put("file_url", DataUrl.of(inline));
                    break;
                }
                boolean bare = Wire.form(beside, "bare");
                if (media.name().isEmpty() && !Wire.form(beside, "unnamed")) {
                    object.put("filename", FileNames.defaultName(inline.mediaType()));
                }
                object.put("file_data", bare ? inline.data() : DataUrl.of(inline));
            }
            case Source.Url url -> object.put("file_url", url.url());
            case Source.FileId id -> object.put("file_id", id.id());
            case Source.PlainText text -> {
                return text(text.text());
            }
            case Source.Parts parts -> {
                return text(spoken(parts.parts()));
            }
        }
        return object.put("filename", media.name());
    }

    private static JsonObject audio(Media media) {
        if (!(media.source() instanceof Source.Inline inline)) {
            return file(media);
        }
        String type = inline.mediaType();
        String format = type.equals("audio/mpeg") ? "mp3" : type.substring(type.indexOf('/') + 1);
        JsonObject object = new JsonObject().put("type", "input_audio");
        object.object("input_audio").put("data", inline.data()).put("format", format);
        return object;
    }

    private static JsonObject text(String text) {
        return new JsonObject().put("type", "input_text").put("text", text);
    }

    private static String spoken(List<Part> parts) {
        StringBuilder words = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Text text) {
                words.append(text.text());
            }
        }
        return words.toString();
    }

    /** The text alone, if there is nothing else to be said. */
    static java.util.Optional<String> single(List<Part> parts) {
        if (parts.isEmpty()) {
            return java.util.Optional.of("");
        }
        return parts.size() == 1
                        && parts.getFirst() instanceof Text text
                        && text.citations().isEmpty()
                        && text.marks().cache().isEmpty()
                        && Wire.message(text.marks().beside()).isEmpty()
                        && !Wire.own(text.marks().beside())
                ? java.util.Optional.of(text.text())
                : java.util.Optional.empty();
    }

    static Json arrayOf(List<Part> parts) {
        return parts(parts, false, false).toJson();
    }
}
