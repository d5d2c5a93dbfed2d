package io.fairlead.protocol.chatform;

import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.ToolCall;

import java.util.Optional;

/** The {@code delta} of a chunk, for each thing that can grow, as one dialect has it. Immutable. */
final class Deltas {
    private final Dialect dialect;
    private final boolean legacy;

    /**
     * @param legacy whether the client knows one {@code function_call} only
     */
    Deltas(Dialect dialect, boolean legacy) {
        this.dialect = dialect;
        this.legacy = legacy;
    }

    /** The head of a call, without its arguments. */
    JsonObject call(ToolCall call, String id, int number) {
        JsonObject delta = new JsonObject();
        if (legacy) {
            delta.object(CallForm.LEGACY).put("name", call.name()).put("arguments", "");
            return delta;
        }
        JsonObject entry = delta.array("tool_calls").addObject().put("index", number);
        String type = call.custom() ? "custom" : "function";
        entry.put("id", id).put("type", type);
        entry.object(type).put("name", call.name());
        entry.object(type).put(call.custom() ? "input" : "arguments", "");
        return delta;
    }

    /** More of a call's arguments. */
    JsonObject arguments(String text, boolean custom, int number) {
        JsonObject delta = new JsonObject();
        if (legacy) {
            delta.object(CallForm.LEGACY).put("arguments", text);
            return delta;
        }
        JsonObject entry = delta.array("tool_calls").addObject().put("index", number);
        entry.object(custom ? "custom" : "function").put(custom ? "input" : "arguments", text);
        return delta;
    }

    /** Whether thoughts stand among numbered details. */
    boolean numbersThoughts() {
        return dialect.reasoning() == Dialect.ReasoningPlace.DETAILS;
    }

    /**
     * More of a thought.
     *
     * @param number of its detail, where {@link #numbersThoughts}
     */
    JsonObject thought(String text, boolean summary, long number) {
        JsonObject delta = new JsonObject();
        switch (dialect.reasoning()) {
            case CONTENT -> delta.put(ReasoningForm.CONTENT, text);
            case DETAILS -> {
                delta.put(ReasoningForm.PLAIN, text);
                JsonObject entry = delta.array(ReasoningForm.DETAILS).addObject();
                entry.put("type", summary ? DetailForm.SUMMARY : DetailForm.TEXT);
                entry.put(summary ? "summary" : "text", text);
                entry.put("index", number);
            }
            case PARTS -> {
                JsonObject thinking = delta.array("content").addObject().put("type", "thinking");
                thinking.array("thinking").addObject().put("type", "text").put("text", text);
            }
        }
        return delta;
    }

    /**
     * A whole image or sound; empty: there is no place for it.
     *
     * @param id of the answer
     */
    Optional<JsonObject> media(Media whole, String id) {
        JsonObject delta = new JsonObject();
        if (whole.kind() == Media.Kind.IMAGE) {
            new PartWriter(dialect).write(whole, delta.array("images"));
        } else if (whole.source() instanceof Media.Source.Inline inline) {
            delta.object("audio").put("id", "audio_" + id).put("data", inline.base64());
        } else {
            return Optional.empty();
        }
        return Optional.of(delta);
    }
}
