package io.fairlead.protocol.ollama;

import static io.fairlead.protocol.ollama.OllamaProtocol.ORIGIN;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a message, of a request or an answer. Stateless: any thread. */
final class MessageReader {
    private MessageReader() {}

    static Turn turn(Fields message) {
        String word = message.needText("role");
        if (word.equals("tool")) {
            String id = message.text("tool_call_id").orElse("");
            Optional<String> name = message.text("tool_name");
            List<Part> content = parts(message, message);
            ToolResult result =
                    new ToolResult(id, name, content, false, Marks.of(message.rest(ORIGIN)));
            return Turn.of(Role.USER, result);
        }
        Role role =
                switch (word) {
                    case "system" -> Role.SYSTEM;
                    case "user" -> Role.USER;
                    case "assistant" -> Role.ASSISTANT;
                    default -> throw message.invalid("role", "system, user, assistant or tool");
                };
        List<Part> parts = parts(message, message);
        return new Turn(role, parts, Optional.empty(), message.rest(ORIGIN));
    }

    /**
     * Thoughts, text, images and calls, in this order.
     *
     * @param whole whose rest is kept; it remembers the form
     */
    static List<Part> parts(Fields message, Fields whole) {
        List<Part> parts = new ArrayList<>();
        said(message, "thinking").ifPresent(text -> parts.add(Reasoning.of(text)));
        said(message, "content").ifPresent(text -> parts.add(Text.of(text)));
        if (!message.has("content")) {
            whole.form("content:absent");
        } else if (message.peek("content").filter(content -> content.is("")).isPresent()) {
            message.take("content");
        }
        if (message.peek("images").filter(images -> !images.isEmpty()).isPresent()) {
            for (String base64 : message.texts("images")) {
                parts.add(Media.inline(Media.Kind.IMAGE, ImageType.of(base64), base64));
            }
        }
        if (message.peek("tool_calls").filter(calls -> !calls.isEmpty()).isPresent()) {
            for (Fields call : message.objects("tool_calls")) {
                parts.add(call(call));
            }
        }
        return parts;
    }

    private static Optional<String> said(Fields message, String name) {
        Optional<String> text =
                message.peek(name).filter(v -> v.is("")).isPresent()
                        ? Optional.empty()
                        : message.text(name);
        return text;
    }

    static ToolCall call(Fields call) {
        String id = call.text("id").orElse("");
        Optional<Fields> function = call.object("function");
        String name = "";
        String arguments = "";
        if (function.isPresent()) {
            name = function.get().text("name").orElse("");
            Optional<Json> given = function.get().json("arguments");
            if (given.isPresent() && given.get().isString()) {
                call.form("arguments:text");
            }
            arguments = given.map(a -> a.isString() ? a.text() : a.toString()).orElse("");
        }
        return new ToolCall(id, name, arguments, false, Marks.of(call.rest(ORIGIN)));
    }
}
