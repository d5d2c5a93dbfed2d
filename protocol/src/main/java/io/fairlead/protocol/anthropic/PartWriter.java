package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.codec.Arguments;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;

import java.util.List;
import java.util.Optional;

/** Writes content blocks of requests. Stateless: any thread. */
final class PartWriter {
    private PartWriter() {}

    /** Puts the content as the string it was, or as a list of blocks. */
    static JsonObject content(JsonObject holder, String name, List<Part> parts, Beside beside) {
        if (beside.form(Own.ORIGIN, Own.AS_TEXT)
                && parts.size() == 1
                && parts.getFirst() instanceof Text text
                && isBare(text)) {
            return holder.put(name, text.words());
        }
        return holder.put(name, all(parts));
    }

    /** Whether there is nothing to a text but its words. */
    private static boolean isBare(Text text) {
        return text.citations().isEmpty()
                && text.marks().cache().isEmpty()
                && text.marks().beside().isEmpty();
    }

    static JsonArray all(List<Part> parts) {
        JsonArray blocks = new JsonArray();
        for (Part part : parts) {
            add(part, blocks);
        }
        return blocks;
    }

    private static void add(Part part, JsonArray blocks) {
        switch (part) {
            case Text text -> blocks.add(marked(text(text), part));
            case Refusal refusal -> blocks.add(marked(text(Text.of(refusal.text())), part));
            case Media media ->
                    MediaBlocks.write(media).ifPresent(block -> blocks.add(marked(block, part)));
            case ToolCall call -> blocks.add(marked(call(call), part));
            case ToolResult result -> blocks.add(marked(result(result), part));
            case Reasoning reasoning -> blocks.add(marked(reasoning(reasoning), part));
            case Foreign foreign -> {
                if (foreign.origin() == Own.ORIGIN) {
                    blocks.add(foreign.raw());
                }
            }
        }
    }

    private static JsonObject marked(JsonObject block, Part part) {
        CacheControl.write(part.marks().cache(), block);
        block.merge(part.marks().beside().of(Own.ORIGIN));
        return block;
    }

    static JsonObject text(Text text) {
        JsonObject block = new JsonObject().put("type", "text").put("text", text.words());
        if (!text.citations().isEmpty()) {
            block.put("citations", Citations.write(text.citations()));
        }
        return block;
    }

    static JsonObject call(ToolCall call) {
        return new JsonObject()
                .put("type", "tool_use")
                .put("id", call.id())
                .put("name", call.name())
                .put("input", Arguments.object(call.arguments()));
    }

    private static JsonObject result(ToolResult result) {
        JsonObject block =
                new JsonObject().put("type", "tool_result").put("tool_use_id", result.callId());
        Beside beside = result.marks().beside();
        if (!result.content().isEmpty() || beside.form(Own.ORIGIN, "content:empty")) {
            content(block, "content", result.content(), beside);
        }
        if (result.error()) {
            block.put("is_error", true);
        }
        return block;
    }

    private static JsonObject reasoning(Reasoning reasoning) {
        Optional<Seal> seal =
                reasoning.marks().seal().filter(s -> s.owner().equals(Seal.ANTHROPIC));
        if (seal.isPresent() && seal.get().kind() == Seal.Kind.REDACTED) {
            return new JsonObject().put("type", "redacted_thinking").put("data", seal.get().data());
        }
        return new JsonObject()
                .put("type", "thinking")
                .put("thinking", reasoning.text())
                .put("signature", seal.map(Seal::data).orElse(""));
    }
}
