package io.fairlead.protocol.chatform;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes turns as messages. Results of tools become messages of their own, before what else the
 * user says in that turn: they must follow their calls. Immutable: any thread.
 */
final class MessageWriter {
    private final Dialect dialect;
    private final PartWriter parts;
    private final CallForm calls;
    private final ReasoningForm reasoning;

    MessageWriter(Dialect dialect) {
        this.dialect = dialect;
        this.parts = new PartWriter(dialect);
        this.calls = new CallForm(dialect);
        this.reasoning = new ReasoningForm(dialect);
    }

    /**
     * @param begun whether the answer goes on from this turn, and nobody has said so yet
     */
    void write(Turn turn, boolean begun, JsonArray messages) {
        if (turn.role() == Role.ASSISTANT) {
            JsonObject message = messages.addObject();
            assistant(turn, message);
            if (begun && dialect.reasoning() == Dialect.ReasoningPlace.PARTS) {
                message.put("prefix", true);
            }
            return;
        }
        boolean only = !turn.parts().isEmpty();
        for (Part part : turn.parts()) {
            if (part instanceof ToolResult result) {
                result(result, messages.addObject());
            } else {
                only = false;
            }
        }
        if (!only) {
            JsonObject message = messages.addObject().put("role", role(turn.role()));
            content(contentOf(turn.parts()), turn.beside(), "\"\"", message);
            message.put("name", turn.name());
            message.merge(turn.beside().of(dialect.protocol()));
        }
    }

    private static String role(Role role) {
        return switch (role) {
            case SYSTEM -> "system";
            case DEVELOPER -> "developer";
            case USER -> "user";
            case ASSISTANT -> "assistant";
        };
    }

    private void result(ToolResult result, JsonObject message) {
        Beside beside = result.marks().beside();
        boolean function = beside.form(dialect.protocol(), MessageReader.FUNCTION);
        message.put("role", function ? "function" : "tool");
        if (!result.callId().isEmpty()) {
            message.put("tool_call_id", result.callId());
        }
        message.put("name", result.name());
        content(contentOf(result.content()), beside, "\"\"", message);
        CacheMarks.write(result.marks().cache(), message, dialect);
        message.merge(beside.of(dialect.protocol()));
    }

    private void assistant(Turn turn, JsonObject message) {
        message.put("role", "assistant");
        List<Part> content = contentOf(turn.parts());
        boolean more = turn.parts().size() > content.size();
        if (!content.isEmpty()
                || !turn.beside().form(dialect.protocol(), MessageReader.NO_CONTENT)) {
            content(content, turn.beside(), more ? "null" : "\"\"", message);
        }
        reasoning.write(turn.parts(), turn.beside(), message);
        for (Part part : turn.parts()) {
            outside(part, message);
        }
        message.put("name", turn.name());
        message.merge(turn.beside().of(dialect.protocol()));
    }

    private void outside(Part part, JsonObject message) {
        switch (part) {
            case ToolCall call when calls.isLegacy(call) ->
                    calls.writeLegacy(call, message.object(CallForm.LEGACY));
            case ToolCall call ->
                    calls.write(call, call.id(), message.array("tool_calls").addObject());
            case Media media when !parts.isContent(media) ->
                    parts.write(media, message.array(ImagesForm.IMAGES));
            case Refusal refusal when !parts.isContent(refusal) ->
                    message.put("refusal", refusal.text());
            case Foreign foreign when foreign.origin() == dialect.protocol() -> {
                if (foreign.type().equals(MessageReader.AUDIO)) {
                    message.put("audio", foreign.raw());
                } else if (CallForm.isForeignCall(foreign)) {
                    message.array("tool_calls").add(foreign.raw());
                }
            }
            default -> {}
        }
    }

    private List<Part> contentOf(List<Part> all) {
        List<Part> content = new ArrayList<>(all.size());
        for (Part part : all) {
            if (parts.isContent(part)) {
                content.add(part);
            }
        }
        return content;
    }

    /**
     * @param nothing what stands for no content at all
     */
    private void content(List<Part> content, Beside forms, String nothing, JsonObject message) {
        boolean list = forms.form(dialect.protocol(), MessageReader.PARTS);
        if (!list && content.isEmpty()) {
            if (!forms.of(dialect.protocol()).containsKey("content")) {
                message.put("content", Json.parse(nothing));
            }
        } else if (!list
                && content.size() == 1
                && content.getFirst() instanceof Text text
                && parts.isPlain(text)) {
            message.put("content", text.words());
        } else {
            JsonArray array = message.array("content");
            content.forEach(part -> parts.write(part, array));
        }
    }
}
