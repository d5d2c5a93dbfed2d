package io.fairlead.protocol.ollama;

import static io.fairlead.protocol.ollama.OllamaProtocol.ORIGIN;

import io.fairlead.protocol.codec.Arguments;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.Beside;
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
        said(parts, message, beside.form(ORIGIN, "content:absent"));
        message.merge(beside.of(ORIGIN));
    }

    /**
     * @param bare whether a content that is empty is left out
     */
    static void said(List<Part> parts, JsonObject message, boolean bare) {
        StringBuilder content = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Text text -> content.append(text.text());
                case Refusal refusal -> content.append(refusal.text());
                case Reasoning reasoning -> line(thoughts, reasoning.text());
                case Media media -> {
                    if (media.kind() == Media.Kind.IMAGE
                            && media.source()
                                    instanceof Media.Source.Inline(String _, JsonString base64)) {
                        message.array("images").add(base64);
                    }
                }
                case ToolCall call -> message.array("tool_calls").add(call(call));
                default -> {}
            }
        }
        if (!bare || !content.isEmpty()) {
            message.put("content", content.toString());
        }
        if (!thoughts.isEmpty()) {
            message.put("thinking", thoughts.toString());
        }
    }

    private static void line(StringBuilder all, String text) {
        if (!all.isEmpty() && !text.isEmpty()) {
            all.append('\n');
        }
        all.append(text);
    }

    static JsonObject call(ToolCall call) {
        JsonObject out = new JsonObject();
        if (!call.id().isEmpty()) {
            out.put("id", call.id());
        }
        JsonObject function = out.object("function").put("name", call.name());
        if (call.marks().beside().form(ORIGIN, "arguments:text")) {
            function.put("arguments", call.arguments());
        } else {
            function.put("arguments", Arguments.object(call.arguments()));
        }
        out.merge(call.marks().beside().of(ORIGIN));
        return out;
    }
}
