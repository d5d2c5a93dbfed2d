package io.fairlead.protocol.bedrock;

import static io.fairlead.protocol.bedrock.BedrockConverseProtocol.ORIGIN;

import io.fairlead.protocol.bedrock.ConverseStreamWriter.Message;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content blocks of a stream being written. Calls and media are announced; text and reasoning
 * begin with their first delta, and a part of which nothing comes is no block. Parts that Converse
 * has no word for are passed over. Confined to one thread.
 */
final class BlockWriter {
    private static final String INDEX = "contentBlockIndex";
    private static final int NOT_BEGUN = -1;

    /** A part that is being written. */
    private static final class Block {
        private final Part head;
        private int index = NOT_BEGUN;
        private boolean grown;
        private int section;

        Block(Part head) {
            this.head = head;
        }
    }

    private final Map<Integer, Block> open = new HashMap<>();
    private final String id;
    private int blocks;

    BlockWriter(String id) {
        this.id = id;
    }

    void start(
            StreamEvent.PartStarted start,
            boolean own,
            Map<String, Json> rest,
            List<Message> messages) {
        Block block = new Block(start.head());
        switch (start.head()) {
            case Text text -> {
                begin(block, own);
                if (!text.text().isEmpty()) {
                    grow(block, new Growth.MoreText(text.text()), rest, messages);
                }
            }
            case Refusal refusal -> {
                if (!refusal.text().isEmpty()) {
                    grow(block, new Growth.MoreText(refusal.text()), rest, messages);
                }
            }
            case Reasoning reasoning -> {
                begin(block, own);
                if (!reasoning.text().isEmpty()) {
                    Growth thoughts = new Growth.MoreReasoning(reasoning.text(), false, 0);
                    grow(block, thoughts, rest, messages);
                }
                Optional<Seal> seal = reasoning.marks().seal();
                seal.ifPresent(state -> grow(block, new Growth.Sealed(state), rest, messages));
            }
            case ToolCall call -> {
                begin(block, true);
                call(call, block, rest, messages);
            }
            case Media media -> {
                if (!media(media, block, rest, messages)) {
                    return;
                }
            }
            case Foreign foreign -> {
                if (foreign.origin() != ORIGIN) {
                    return;
                }
                begin(block, true);
                if (!foreign.raw().isEmpty()) {
                    JsonObject body = new JsonObject().put("start", foreign.raw());
                    messages.add(message("contentBlockStart", block, body, rest));
                }
            }
            case ToolResult ignored -> {
                return;
            }
        }
        open.put(start.part(), block);
    }

    private void begin(Block block, boolean now) {
        if (now && block.index == NOT_BEGUN) {
            block.index = blocks++;
        }
    }

    private void call(ToolCall call, Block block, Map<String, Json> rest, List<Message> messages) {
        JsonObject body = new JsonObject();
        JsonObject use = body.object("start").object("toolUse");
        use.put("toolUseId", call.id().isEmpty() ? "tooluse_" + id + block.index : call.id());
        use.put("name", call.name());
        messages.add(message("contentBlockStart", block, body, rest));
        if (!call.arguments().isEmpty()) {
            grow(block, new Growth.MoreArguments(call.arguments()), rest, messages);
        }
    }

    /** Only images can be in an answer. */
    private boolean media(
            Media media, Block block, Map<String, Json> rest, List<Message> messages) {
        if (media.kind() != Media.Kind.IMAGE
                || !(media.source()
                        instanceof Media.Source.Inline(String type, JsonString base64))) {
            return false;
        }
        begin(block, true);
        JsonObject body = new JsonObject();
        String format = MediaFormats.format(media.kind(), type, media.name());
        body.object("start").object("image").put("format", format);
        messages.add(message("contentBlockStart", block, body, rest));
        if (!base64.isEmpty()) {
            grow(block, new Growth.MoreMedia(base64.text()), rest, messages);
        }
        return true;
    }

    void grow(StreamEvent.PartGrew grew, Map<String, Json> rest, List<Message> messages) {
        Block block = open.get(grew.part());
        if (block != null) {
            grow(block, grew.growth(), rest, messages);
        }
    }

    private void grow(Block block, Growth growth, Map<String, Json> rest, List<Message> messages) {
        JsonObject body = new JsonObject();
        JsonObject delta = body.object("delta");
        switch (growth) {
            case Growth.MoreText(String text) -> delta.put("text", text);
            case Growth.MoreReasoning reasoning ->
                    delta.object("reasoningContent").put("text", thoughts(reasoning, block));
            case Growth.MoreArguments(String text) -> {
                block.grown |= !text.isBlank();
                delta.object("toolUse").put("input", text);
            }
            case Growth.Cited(var citation) -> delta.put("citation", Citations.write(citation));
            case Growth.Sealed(Seal seal) -> {
                if (!seal.owner().equals(Seal.ANTHROPIC) || !(block.head instanceof Reasoning)) {
                    return;
                }
                boolean signature = seal.kind() == Seal.Kind.SIGNATURE;
                delta.object("reasoningContent")
                        .put(signature ? "signature" : "redactedContent", seal.data());
            }
            case Growth.MoreMedia(String base64) ->
                    delta.object("image").object("source").put("bytes", base64);
            case Growth.MoreForeign(Json raw) -> body.put("delta", raw);
        }
        begin(block, true);
        messages.add(message("contentBlockDelta", block, body, rest));
    }

    /** A new section of thoughts begins with a blank line. */
    private static String thoughts(Growth.MoreReasoning more, Block block) {
        boolean next = more.section() > block.section;
        block.section = more.section();
        return next ? "\n\n" + more.text() : more.text();
    }

    void end(int part, boolean own, Map<String, Json> rest, List<Message> messages) {
        Block block = open.remove(part);
        if (block == null || block.index == NOT_BEGUN) {
            return;
        }
        if (block.head instanceof ToolCall && !block.grown && !own) {
            grow(block, new Growth.MoreArguments("{}"), rest, messages);
        }
        messages.add(message("contentBlockStop", block, new JsonObject(), rest));
    }

    private static Message message(
            String name, Block block, JsonObject body, Map<String, Json> rest) {
        if (!rest.containsKey(INDEX)) {
            body.put(INDEX, block.index);
        }
        return new Message(name, body);
    }
}
