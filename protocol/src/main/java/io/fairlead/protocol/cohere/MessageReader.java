package io.fairlead.protocol.cohere;

import static io.fairlead.protocol.cohere.CohereProtocol.ORIGIN;

import io.fairlead.protocol.codec.DataUrl;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.Foreign;
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
        Role role =
                switch (word) {
                    case "system" -> Role.SYSTEM;
                    case "developer" -> Role.DEVELOPER;
                    case "user", "tool" -> Role.USER;
                    case "assistant" -> Role.ASSISTANT;
                    default -> throw message.invalid("role", "system, user, assistant or tool");
                };
        String callId = word.equals("tool") ? message.needText("tool_call_id") : "";
        List<Part> parts = parts(message, message);
        if (word.equals("tool")) {
            Marks marks = Marks.of(message.rest(ORIGIN));
            return Turn.of(
                    Role.USER, new ToolResult(callId, Optional.empty(), parts, false, marks));
        }
        return new Turn(role, parts, Optional.empty(), message.rest(ORIGIN));
    }

    /**
     * The plan, content and calls, in this order.
     *
     * @param whole whose rest is kept; it remembers the form
     */
    static List<Part> parts(Fields message, Fields whole) {
        List<Part> parts = new ArrayList<>();
        if (message.peek("tool_plan").filter(plan -> !plan.is("")).isPresent()) {
            message.text("tool_plan")
                    .ifPresent(plan -> parts.add(Reasoning.of(plan).withMarks(PLAN)));
        }
        Optional<Json> content = message.peek("content");
        if (content.isPresent() && content.get().isString()) {
            message.take("content");
            whole.form("content:text");
            parts.add(Text.of(content.get().string()));
        } else if (content.isPresent() && !content.get().isEmpty()) {
            whole.form("content:list");
            for (Fields part : message.objects("content")) {
                parts.add(part(part));
            }
        }
        if (message.peek("tool_calls").filter(calls -> !calls.isEmpty()).isPresent()) {
            for (Fields call : message.objects("tool_calls")) {
                parts.add(call(call));
            }
        }
        return parts;
    }

    /** The mark of reasoning that was a plan. */
    static final Marks PLAN = Marks.of(plan());

    private static io.fairlead.protocol.model.Beside plan() {
        Fields none = Fields.ofAnswer(Json.EMPTY_OBJECT);
        none.form("tool_plan");
        return none.rest(ORIGIN);
    }

    private static Part part(Fields part) {
        String type = part.text("type").orElse("");
        switch (type) {
            case "text" -> {
                JsonString text = part.string("text").orElse(JsonString.EMPTY);
                return Text.of(text).withMarks(Marks.of(part.rest(ORIGIN)));
            }
            case "thinking" -> {
                String text = part.text("thinking").orElse("");
                return Reasoning.of(text).withMarks(Marks.of(part.rest(ORIGIN)));
            }
            case "image_url" -> {
                Optional<Fields> image = part.object("image_url");
                Optional<JsonString> url = image.flatMap(i -> i.string("url"));
                if (url.isPresent()) {
                    Optional<String> detail = image.flatMap(i -> i.text("detail"));
                    return image(url.get(), detail, Marks.of(part.rest(ORIGIN)));
                }
            }
            case "document" -> {
                Optional<Json> document = part.json("document");
                if (document.isPresent()) {
                    return Documents.read(document.get());
                }
            }
            default -> {}
        }
        return Foreign.of(ORIGIN, type, part.whole());
    }

    private static Media image(JsonString url, Optional<String> detail, Marks marks) {
        return new Media(Media.Kind.IMAGE, DataUrl.read(url), Optional.empty(), detail, marks);
    }

    static ToolCall call(Fields call) {
        String id = call.text("id").orElse("");
        Optional<Fields> function = call.object("function");
        String name = function.flatMap(f -> f.text("name")).orElse("");
        Optional<String> arguments = function.flatMap(f -> f.text("arguments"));
        if (call.peek("type").filter(type -> type.is("function")).isPresent()) {
            call.take("type");
        } else {
            call.form("type:absent");
        }
        if (arguments.isEmpty()) {
            call.form("arguments:absent");
        }
        return new ToolCall(id, name, arguments.orElse(""), false, Marks.of(call.rest(ORIGIN)));
    }
}
