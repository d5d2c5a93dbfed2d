package io.fairlead.protocol.responses;

import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes the input items of a request. Stateless: any thread. */
final class ItemWriter {
    private ItemWriter() {}

    /**
     * Adds the items that a turn is: one for its words, others for calls, results and thoughts.
     *
     * @param customCalls ids of calls of custom tools, whose results are items of another type
     */
    static void turn(JsonArray items, Turn turn, Set<String> customCalls) {
        List<Part> parts = turn.parts();
        int i = 0;
        boolean none = true;
        while (i < parts.size()) {
            Part part = parts.get(i);
            if (ContentWriter.inMessage(part)) {
                int end = i + 1;
                while (end < parts.size()
                        && ContentWriter.inMessage(parts.get(end))
                        && !Wire.isFirst(parts.get(end).marks().beside())) {
                    end++;
                }
                items.add(message(turn, parts.subList(i, end)));
                i = end;
            } else {
                item(part, customCalls).ifPresent(items::add);
                i++;
            }
            none = false;
        }
        if (none) {
            items.add(message(turn, List.of()));
        }
    }

    private static JsonObject message(Turn turn, List<Part> parts) {
        Beside beside = turn.beside();
        if (!parts.isEmpty() && Wire.isFirst(parts.getFirst().marks().beside())) {
            beside = Wire.message(parts.getFirst().marks().beside());
        }
        JsonObject item = new JsonObject();
        if (!Wire.form(beside, "easy")) {
            item.put("type", "message");
        }
        item.put("role", role(turn.role())).put("name", turn.name());
        boolean text =
                Wire.form(beside, "content:text")
                        && parts.size() == 1
                        && parts.getFirst() instanceof Text;
        if (text) {
            item.put("content", ((Text) parts.getFirst()).words());
        } else {
            item.put("content", ContentWriter.parts(parts, turn.role() == Role.ASSISTANT, false));
        }
        item.merge(beside.of(Wire.SELF));
        return item;
    }

    private static String role(Role role) {
        return switch (role) {
            case SYSTEM -> "system";
            case DEVELOPER -> "developer";
            case USER -> "user";
            case ASSISTANT -> "assistant";
        };
    }

    private static Optional<JsonObject> item(Part part, Set<String> customCalls) {
        return switch (part) {
            case ToolCall call -> Optional.of(call(call));
            case ToolResult result -> Optional.of(result(result, customCalls));
            case Reasoning reasoning -> Optional.of(reasoning(reasoning));
            case Foreign foreign ->
                    foreign.origin() == Wire.SELF ? Optional.of(raw(foreign)) : Optional.empty();
            case Text ignored -> Optional.empty();
            case Media media ->
                    media.source() instanceof Media.Source.Inline inline
                            ? Optional.of(ImageItems.write("", media, inline))
                            : Optional.empty();
            case Refusal ignored -> Optional.empty();
        };
    }

    static JsonObject raw(Foreign foreign) {
        JsonObject item = new JsonObject();
        foreign.raw().members().forEach(member -> item.put(member.name(), member.value()));
        return item;
    }

    static JsonObject call(ToolCall call) {
        Beside beside = call.marks().beside();
        JsonObject item =
                new JsonObject().put("type", call.custom() ? "custom_tool_call" : "function_call");
        text(item, beside, "call_id", call.id());
        text(item, beside, "name", call.name());
        String arguments =
                !Wire.own(beside) && !call.custom() && call.arguments().isBlank()
                        ? "{}"
                        : call.arguments();
        text(item, beside, call.custom() ? "input" : "arguments", arguments);
        item.merge(beside.of(Wire.SELF));
        return item;
    }

    private static void text(JsonObject item, Beside beside, String name, String text) {
        if (!text.isEmpty() || !Wire.form(beside, "without:" + name)) {
            item.put(name, text);
        }
    }

    private static JsonObject result(ToolResult result, Set<String> customCalls) {
        Beside beside = result.marks().beside();
        boolean own = Wire.own(beside);
        JsonObject item =
                new JsonObject()
                        .put(
                                "type",
                                own && Wire.form(beside, "custom")
                                                || !own && customCalls.contains(result.callId())
                                        ? "custom_tool_call_output"
                                        : "function_call_output");
        text(item, beside, "call_id", result.callId());
        if (own) {
            item.put("name", result.name());
        }
        Optional<String> single =
                Wire.form(beside, "output:list")
                        ? Optional.empty()
                        : ContentWriter.single(result.content());
        if (single.isPresent()) {
            text(item, beside, "output", single.get());
        } else {
            item.put("output", ContentWriter.parts(result.content(), false, false));
        }
        item.merge(beside.of(Wire.SELF));
        return item;
    }

    static JsonObject reasoning(Reasoning reasoning) {
        Beside beside = reasoning.marks().beside();
        boolean own = Wire.own(beside);
        JsonObject item = new JsonObject().put("type", "reasoning");
        Optional<Seal> seal = reasoning.marks().seal();
        seal.filter(s -> s.owner().equals(Seal.OPENAI))
                .ifPresent(s -> item.put("id", s.id()).put("encrypted_content", s.data()));
        if (!own || !beside.of(Wire.SELF).containsKey("summary")) {
            item.put("summary", sections(reasoning.summary(), "summary_text"));
        }
        if (own && reasoning.summary().isEmpty() && Wire.form(beside, "without:summary")) {
            item.remove("summary");
        }
        boolean content =
                own
                        ? !Wire.form(beside, "without:content")
                                && !beside.of(Wire.SELF).containsKey("content")
                        : !reasoning.content().isEmpty();
        if (content) {
            item.put("content", sections(reasoning.content(), "reasoning_text"));
        }
        item.merge(beside.of(Wire.SELF));
        return item;
    }

    static JsonArray sections(List<String> texts, String type) {
        JsonArray array = new JsonArray();
        for (String text : texts) {
            array.addObject().put("type", type).put("text", text);
        }
        return array;
    }
}
