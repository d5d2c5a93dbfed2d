package io.fairlead.protocol.cohere;

import static io.fairlead.protocol.cohere.CohereProtocol.ORIGIN;

import io.fairlead.protocol.codec.DataUrl;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;

import java.util.List;

/** Writes a message, of a request or an answer. Stateless: any thread. */
final class MessageWriter {
    private MessageWriter() {}

    static void write(List<Part> parts, Beside beside, JsonObject message) {
        boolean brief = beside.form(ORIGIN, "content:text") || plain(parts, beside);
        StringBuilder words = new StringBuilder();
        boolean planned = parts.stream().anyMatch(ToolCall.class::isInstance);
        JsonArray content = new JsonArray();
        for (Part part : parts) {
            switch (part) {
                case Reasoning reasoning
                        when reasoning.marks().beside().form(ORIGIN, "tool_plan")
                                || planned && !own(reasoning) ->
                        message.put("tool_plan", reasoning.text());
                case Reasoning reasoning ->
                        content.add(with(reasoning, "thinking").put("thinking", reasoning.text()));
                case Text text when brief -> words.append(text.text());
                case Text text -> content.add(with(text, "text").put("text", text.words()));
                case Refusal refusal ->
                        content.add(with(refusal, "text").put("text", refusal.text()));
                case Media media
                        when media.kind() == Media.Kind.IMAGE
                                || media.kind() == Media.Kind.DOCUMENT ->
                        content.add(media(media));
                case Foreign foreign when foreign.origin() == ORIGIN -> content.add(foreign.raw());
                default -> {}
            }
        }
        if (brief) {
            message.put("content", words.toString());
        } else if (!content.isEmpty()) {
            message.put("content", content);
        }
        calls(parts, message);
    }

    /** Text of other protocols is said in the short form. */
    private static boolean plain(List<Part> parts, Beside beside) {
        return !beside.isOf(ORIGIN)
                && parts.size() == 1
                && parts.getFirst() instanceof Text text
                && !text.marks().beside().isOf(ORIGIN);
    }

    private static boolean own(Part part) {
        return part.marks().beside().isOf(ORIGIN);
    }

    private static JsonObject with(Part part, String type) {
        JsonObject out = new JsonObject().put("type", type);
        out.merge(part.marks().beside().of(ORIGIN));
        return out;
    }

    private static JsonObject media(Media media) {
        if (media.kind() == Media.Kind.DOCUMENT) {
            return new JsonObject().put("type", "document").put("document", Documents.write(media));
        }
        JsonString url =
                switch (media.source()) {
                    case Media.Source.Inline inline -> DataUrl.of(inline);
                    case Media.Source.Url there -> JsonString.of(there.url());
                    case Media.Source.FileId file -> JsonString.of(file.id());
                    case Media.Source.PlainText text -> JsonString.of(text.text());
                    case Media.Source.Parts _ -> JsonString.EMPTY;
                };
        JsonObject out = new JsonObject().put("type", "image_url");
        out.object("image_url").put("url", url).put("detail", media.detail());
        out.merge(media.marks().beside().of(ORIGIN));
        return out;
    }

    private static void calls(List<Part> parts, JsonObject message) {
        for (Part part : parts) {
            if (part instanceof ToolCall call) {
                message.array("tool_calls").add(call(call));
            }
        }
    }

    static JsonObject call(ToolCall call) {
        Beside beside = call.marks().beside();
        JsonObject out = new JsonObject().put("id", call.id());
        if (!beside.form(ORIGIN, "type:absent")) {
            out.put("type", "function");
        }
        JsonObject function = out.object("function").put("name", call.name());
        if (!beside.form(ORIGIN, "arguments:absent")) {
            boolean own = beside.isOf(ORIGIN);
            function.put("arguments", !own && call.arguments().isBlank() ? "{}" : call.arguments());
        }
        out.merge(beside.of(ORIGIN));
        return out;
    }
}
