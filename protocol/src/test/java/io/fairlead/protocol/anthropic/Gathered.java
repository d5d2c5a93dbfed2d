package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.ArrayList;
import java.util.List;

/** Puts the blocks of a stream together as clients do. Confined to one thread. */
final class Gathered {
    private static final class Block {
        private final JsonObject object = new JsonObject();
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder input = new StringBuilder();
    }

    private final List<Block> blocks = new ArrayList<>();

    void add(Frame frame) {
        Json data = Json.parse(frame.data());
        if (frame.name().equals("content_block_start")) {
            Block block = new Block();
            data.get("content_block")
                    .orElseThrow()
                    .members()
                    .forEach(m -> block.object.put(m.name(), m.value()));
            blocks.add(block);
        } else if (frame.name().equals("content_block_delta")) {
            delta(blocks.getLast(), data.get("delta").orElseThrow());
        } else if (frame.name().equals("content_block_stop") && !blocks.getLast().input.isEmpty()) {
            blocks.getLast().object.put("input", Json.parse(blocks.getLast().input.toString()));
        }
    }

    private static void delta(Block block, Json delta) {
        switch (delta.get("type").orElseThrow().text()) {
            case "text_delta" -> grow(block, "text", delta);
            case "thinking_delta" -> grow(block, "thinking", delta);
            case "signature_delta" ->
                    block.object.put("signature", delta.get("signature").orElseThrow());
            case "input_json_delta" ->
                    block.input.append(delta.get("partial_json").orElseThrow().text());
            default -> throw new IllegalStateException(delta.toString());
        }
    }

    private static void grow(Block block, String name, Json delta) {
        block.text.append(delta.get(name).orElseThrow().text());
        block.object.put(name, block.text.toString());
    }

    Json content() {
        JsonArray array = new JsonArray();
        blocks.forEach(block -> array.add(block.object));
        return array.toJson();
    }
}
