package io.fairlead.protocol.responses;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads items, each as a turn: those of a request and those of an answer. Stateless: any thread.
 */
final class ItemReader {
    private ItemReader() {}

    static Turn read(Fields item) {
        String type = item.peek("type").filter(Json::isString).map(Json::text).orElse("");
        return switch (type) {
            case "message" -> message(item);
            case "function_call" -> call(item, false);
            case "custom_tool_call" -> call(item, true);
            case "function_call_output", "custom_tool_call_output" -> result(item, type);
            case "reasoning" -> reasoning(item);
            case ImageItems.TYPE -> Turn.of(Role.ASSISTANT, ImageItems.read(item));
            case "" -> {
                if (item.has("role")) {
                    item.form("easy");
                    yield message(item);
                }
                if (item.strict()) {
                    throw item.invalid("type", "the type of an item");
                }
                yield foreign(type, item.whole());
            }
            default -> foreign(type, item.whole());
        };
    }

    private static Turn foreign(String type, Json raw) {
        boolean client = type.endsWith("_output") || type.equals("mcp_approval_response");
        return Turn.of(client ? Role.USER : Role.ASSISTANT, Foreign.of(Wire.SELF, type, raw));
    }

    private static Turn message(Fields item) {
        if (item.has("type")) {
            item.take("type");
        }
        Role role = role(item);
        boolean assistant = role == Role.ASSISTANT;
        Optional<Json> content = item.peek("content");
        List<Part> parts;
        if (content.isPresent() && content.get().isString()) {
            item.take("content");
            item.form("content:text");
            parts = List.of(Text.of(content.get().string()));
        } else if (content.isEmpty() && item.strict()) {
            throw item.invalid("content", "a string or an array of content parts");
        } else {
            parts = ContentReader.parts(item, "content", assistant);
        }
        return new Turn(role, parts, item.text("name"), item.rest(Wire.SELF));
    }

    private static Role role(Fields item) {
        String role = item.strict() ? item.needText("role") : item.text("role").orElse("assistant");
        return switch (role) {
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "system" -> Role.SYSTEM;
            case "developer" -> Role.DEVELOPER;
            default -> {
                if (item.strict()) {
                    throw item.invalid("role", "user, assistant, system or developer");
                }
                item.form("role:" + role);
                yield Role.ASSISTANT;
            }
        };
    }

    private static Turn call(Fields item, boolean custom) {
        item.take("type");
        String id = text(item, "call_id");
        String name = text(item, "name");
        String arguments = text(item, custom ? "input" : "arguments");
        item.form("own");
        return Turn.of(
                Role.ASSISTANT,
                new ToolCall(id, name, arguments, custom, Marks.of(item.rest(Wire.SELF))));
    }

    /** A text that must be there when a client says it. */
    private static String text(Fields item, String name) {
        if (item.strict()) {
            return item.needText(name);
        }
        Optional<String> text = item.text(name);
        if (text.isEmpty()) {
            item.form("without:" + name);
        }
        return text.orElse("");
    }

    private static Turn result(Fields item, String type) {
        item.take("type");
        if (type.startsWith("custom")) {
            item.form("custom");
        }
        String id = item.text("call_id").orElse("");
        if (id.isEmpty()) {
            item.form("without:call_id");
        }
        Optional<Json> output = item.peek("output");
        List<Part> content;
        if (output.isPresent() && output.get().isString()) {
            item.take("output");
            String text = output.get().text();
            content = text.isEmpty() ? List.of() : List.of(Text.of(text));
        } else if (output.isPresent() && output.get().isArray()) {
            item.form("output:list");
            content = ContentReader.parts(item, "output", false);
        } else if (item.strict()) {
            throw item.invalid("output", "a string or an array of content parts");
        } else {
            item.form("without:output");
            content = List.of();
        }
        item.form("own");
        return Turn.of(
                Role.USER,
                new ToolResult(
                        id, item.text("name"), content, false, Marks.of(item.rest(Wire.SELF))));
    }

    private static Turn reasoning(Fields item) {
        item.take("type");
        List<String> content = sections(item, "content", "reasoning_text");
        List<String> summary = sections(item, "summary", "summary_text");
        Optional<Seal> seal = Optional.empty();
        Optional<Json> encrypted = item.peek("encrypted_content").filter(Json::isString);
        if (encrypted.isPresent()) {
            String data = encrypted.get().text();
            item.take("encrypted_content");
            Optional<Sealing.Packed> packed = Sealing.unpack(data);
            if (packed.isPresent()) {
                return unpacked(packed.get(), content, summary);
            }
            Optional<String> id = item.text("id");
            seal = Optional.of(new Seal(Seal.Kind.ENCRYPTED, Seal.OPENAI, data, id));
        }
        item.form("own");
        return Turn.of(
                Role.ASSISTANT,
                new Reasoning(content, summary, Marks.of(seal, item.rest(Wire.SELF))));
    }

    /** What another provider thought: as it was, not as clients show it. */
    private static Turn unpacked(
            Sealing.Packed packed, List<String> content, List<String> summary) {
        boolean whole = !packed.content().isEmpty();
        return Turn.of(
                Role.ASSISTANT,
                new Reasoning(
                        whole ? packed.content() : content,
                        whole ? List.of() : summary,
                        Marks.NONE.withSeal(Optional.of(packed.seal()))));
    }

    /** The texts of these sections, if they are just that; else they stay in the rest. */
    private static List<String> sections(Fields item, String name, String type) {
        Optional<Json> array = item.peek(name).filter(Json::isArray);
        if (array.isEmpty()) {
            item.form("without:" + name);
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        boolean plain = true;
        for (Json section : array.get().elements()) {
            Optional<Json> text = section.get("text").filter(Json::isString);
            if (text.isEmpty()) {
                return List.of();
            }
            plain &=
                    section.members().size() == 2
                            && section.get("type").filter(t -> t.is(type)).isPresent();
            texts.add(text.get().text());
        }
        if (plain) {
            item.take(name);
        }
        return texts;
    }
}
