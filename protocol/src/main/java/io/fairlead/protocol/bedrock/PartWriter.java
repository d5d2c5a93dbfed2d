package io.fairlead.protocol.bedrock;

import static io.fairlead.protocol.bedrock.BedrockConverseProtocol.ORIGIN;

import io.fairlead.protocol.codec.Arguments;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.json.MalformedJson;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.CacheMark;
import io.fairlead.protocol.model.Citation;
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

/** Writes content blocks, of messages, instructions and answers. Stateless: any thread. */
final class PartWriter {
    private PartWriter() {}

    /** All parts; behind one that has a cache mark stands a cache point. */
    static void parts(List<Part> parts, JsonArray blocks) {
        for (Part part : parts) {
            part(part, blocks);
            mark(part).ifPresent(mark -> blocks.add(cachePoint(mark)));
        }
    }

    /** Its own mark, or else that of its content: within a result there are no cache points. */
    private static Optional<CacheMark> mark(Part part) {
        Optional<CacheMark> own = part.marks().cache();
        if (own.isEmpty() && part instanceof ToolResult result) {
            for (Part inner : result.content()) {
                if (inner.marks().cache().isPresent()) {
                    return inner.marks().cache();
                }
            }
        }
        return own;
    }

    static JsonObject cachePoint(CacheMark mark) {
        JsonObject block = new JsonObject();
        boolean typed =
                Optional.ofNullable(mark.beside().of(ORIGIN).get(PartReader.CACHE_POINT))
                        .flatMap(point -> point.get("type"))
                        .isPresent();
        JsonObject point = block.object(PartReader.CACHE_POINT);
        if (!typed) {
            point.put("type", "default");
        }
        point.put("ttl", mark.lifetime());
        block.merge(mark.beside().of(ORIGIN));
        return block;
    }

    private static void part(Part part, JsonArray blocks) {
        JsonObject block = new JsonObject();
        switch (part) {
            case Text text -> text(text, block);
            case Media media -> MediaWriter.media(media, block);
            case ToolCall call -> call(call, block.object("toolUse"));
            case ToolResult result -> result(result, block.object("toolResult"));
            case Reasoning reasoning -> {
                if (!reasoning(reasoning, block)) {
                    return;
                }
            }
            case Refusal refusal -> block.put("text", refusal.text());
            case Foreign foreign -> {
                if (foreign.origin() == ORIGIN && foreign.raw().isObject()) {
                    blocks.add(foreign.raw());
                }
                return;
            }
        }
        block.merge(part.marks().beside().of(ORIGIN));
        blocks.add(block);
    }

    private static void text(Text text, JsonObject block) {
        Beside beside = text.marks().beside();
        if (beside.form(ORIGIN, PartReader.GUARD)) {
            block.object(PartReader.GUARD).object("text").put("text", text.words());
        } else if (beside.form(ORIGIN, PartReader.JSON_RESULT)) {
            block.put(PartReader.JSON_RESULT, json(text.text()));
        } else if (beside.form(ORIGIN, PartReader.CITATIONS) || !text.citations().isEmpty()) {
            cited(text, block.object(PartReader.CITATIONS), beside);
        } else {
            block.put("text", text.words());
        }
    }

    private static Json json(String text) {
        try {
            return Json.parse(text);
        } catch (MalformedJson changed) {
            return Json.of(text);
        }
    }

    private static void cited(Text text, JsonObject block, Beside beside) {
        boolean inPieces =
                Optional.ofNullable(beside.of(ORIGIN).get(PartReader.CITATIONS))
                        .flatMap(rest -> rest.get("content"))
                        .isPresent();
        if (!text.text().isEmpty() && !inPieces) {
            Citations.pieces(block, "content", text.text());
        }
        for (Citation citation : text.citations()) {
            block.array("citations").add(Citations.write(citation));
        }
    }

    private static void call(ToolCall call, JsonObject use) {
        use.put("toolUseId", call.id());
        use.put("name", call.name());
        use.put("input", Arguments.object(call.arguments()));
    }

    private static void result(ToolResult result, JsonObject written) {
        written.put("toolUseId", result.callId());
        JsonArray content = written.array("content");
        for (Part inner : result.content()) {
            part(inner, content);
        }
        if (result.error()) {
            written.put("status", "error");
        }
    }

    /** Whether there is anything to say: thoughts, or a seal that Anthropic's models can read. */
    private static boolean reasoning(Reasoning reasoning, JsonObject block) {
        Optional<Seal> seal =
                reasoning.marks().seal().filter(own -> own.owner().equals(Seal.ANTHROPIC));
        JsonObject content = block.object("reasoningContent");
        if (seal.isPresent() && seal.get().kind() != Seal.Kind.SIGNATURE) {
            content.put("redactedContent", seal.get().data());
            return true;
        }
        JsonObject open = content.object("reasoningText");
        boolean spoken = !reasoning.content().isEmpty() || !reasoning.summary().isEmpty();
        if (spoken) {
            open.put("text", reasoning.text());
        }
        seal.ifPresent(own -> open.put("signature", own.data()));
        return spoken || seal.isPresent() || !reasoning.marks().beside().of(ORIGIN).isEmpty();
    }
}
