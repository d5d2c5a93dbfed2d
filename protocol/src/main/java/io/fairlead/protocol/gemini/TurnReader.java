package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code systemInstruction} and {@code contents}. Confined to one thread. */
final class TurnReader {
    static final String NO_ROLE = "role:none";
    static final String EMPTY_ROLE = "role:empty";
    static final String FUNCTION_ROLE = "role:function";
    static final String NO_PARTS = "parts:none";

    /** The instruction is nothing but a text. */
    static final String BARE_TEXT = "instruction:text";

    /** The instruction is a part without a content around it. */
    static final String BARE_PART = "instruction:part";

    private final PartReader parts;

    TurnReader(CallIds ids) {
        parts = new PartReader(ids);
    }

    List<Turn> read(ProtoFields request) {
        List<Turn> turns = new ArrayList<>();
        instruction(request).ifPresent(turns::add);
        for (ProtoFields content : request.list("contents")) {
            turns.add(content(content));
        }
        return turns;
    }

    private Optional<Turn> instruction(ProtoFields request) {
        Optional<Json> value = request.peek("systemInstruction");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get().isString()) {
            request.form(BARE_TEXT);
            Text text = Text.of(request.string("systemInstruction").orElse(JsonString.EMPTY));
            return Optional.of(Turn.of(Role.SYSTEM, text));
        }
        ProtoFields content = request.alone("systemInstruction");
        if (!content.has("parts") && content.has("text")) {
            request.form(BARE_PART);
            return Optional.of(Turn.of(Role.SYSTEM, parts.read(content)));
        }
        List<Part> read = parts(content);
        return Optional.of(new Turn(Role.SYSTEM, read, Optional.empty(), content.rest()));
    }

    private Turn content(ProtoFields content) {
        Optional<String> said = content.text("role");
        Role role =
                switch (said.orElse("")) {
                    case "model" -> Role.ASSISTANT;
                    case "user" -> Role.USER;
                    case "function" -> {
                        content.form(FUNCTION_ROLE);
                        yield Role.USER;
                    }
                    case "" -> {
                        content.form(said.isEmpty() ? NO_ROLE : EMPTY_ROLE);
                        yield Role.USER;
                    }
                    default -> throw content.plain().invalid("role", "'user' or 'model'");
                };
        List<Part> read = parts(content);
        return new Turn(role, read, Optional.empty(), content.rest());
    }

    private List<Part> parts(ProtoFields content) {
        if (!content.has("parts")) {
            content.form(NO_PARTS);
            return List.of();
        }
        List<Part> read = new ArrayList<>();
        for (ProtoFields part : content.list("parts")) {
            read.add(parts.read(part));
        }
        return read;
    }
}
