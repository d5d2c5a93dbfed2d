package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;

/** Writes {@code systemInstruction} and {@code contents}. Confined to one thread. */
final class TurnWriter {
    private final PartWriter parts;
    private final CallIds ids = new CallIds("");

    TurnWriter(PartWriter parts) {
        this.parts = parts;
    }

    void write(ChatRequest request, JsonObject body, Spelling spelling) {
        List<JsonObject> instructions = new ArrayList<>();
        List<JsonObject> contents = new ArrayList<>();
        Beside besideInstructions = Beside.NONE;
        boolean instructed = false;
        for (Turn turn : request.turns()) {
            if (turn.role().instructs()) {
                instructed = true;
                besideInstructions = turn.beside().isEmpty() ? besideInstructions : turn.beside();
                instructions.addAll(parts(turn));
            } else {
                contents.add(content(turn));
            }
        }
        if (instructed) {
            instruction(instructions, besideInstructions, body, spelling);
        }
        if (!contents.isEmpty()) {
            spelling.list(body, "contents", contents);
        }
    }

    private void instruction(
            List<JsonObject> written, Beside beside, JsonObject body, Spelling spelling) {
        if (written.size() == 1 && spelling.form(TurnReader.BARE_PART)) {
            body.put(spelling.name("systemInstruction"), written.getFirst());
            return;
        }
        if (written.size() == 1 && spelling.form(TurnReader.BARE_TEXT)) {
            body.put(
                    spelling.name("systemInstruction"),
                    written.getFirst().toJson().get("text").orElseThrow());
            return;
        }
        Spelling own = new Spelling(beside);
        JsonObject content = spelling.object(body, "systemInstruction");
        if (!written.isEmpty() || !own.form(TurnReader.NO_PARTS)) {
            own.list(content, "parts", written);
        }
        own.rest(content);
    }

    private JsonObject content(Turn turn) {
        Spelling spelling = new Spelling(turn.beside());
        JsonObject content = new JsonObject();
        if (turn.role() == Role.ASSISTANT) {
            content.put("role", "model");
        } else if (spelling.form(TurnReader.FUNCTION_ROLE)) {
            content.put("role", "function");
        } else if (!spelling.form(TurnReader.NO_ROLE)) {
            content.put("role", spelling.form(TurnReader.EMPTY_ROLE) ? "" : "user");
        }
        List<JsonObject> written = parts(turn);
        if (!written.isEmpty() || !spelling.form(TurnReader.NO_PARTS)) {
            spelling.list(content, "parts", written);
        }
        spelling.rest(content);
        return content;
    }

    private List<JsonObject> parts(Turn turn) {
        List<JsonObject> written = new ArrayList<>(turn.parts().size());
        for (Part part : turn.parts()) {
            JsonObject object = parts.write(part, ids);
            if (object != null) {
                written.add(object);
            }
        }
        return written;
    }
}
