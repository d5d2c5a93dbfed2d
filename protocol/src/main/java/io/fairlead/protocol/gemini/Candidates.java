package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.Json.Kind;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Part;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The outside of candidates, of which each member may be missing: index, content, parts, role.
 * Stateless: any thread.
 */
final class Candidates {
    private static final String NO_INDEX = "index:none";
    private static final String NO_CONTENT = "content:none";
    private static final String EMPTY_PARTS = "parts:empty";
    private static final String NO_ROLE = "role:none";
    private static final int MOST = 1000;

    private Candidates() {}

    static int index(ProtoFields candidate, int position) {
        Optional<Json> said = candidate.peek("index").filter(i -> i.kind() == Kind.NUMBER);
        if (said.isEmpty() || said.get().whole() < 0 || said.get().whole() > MOST) {
            candidate.form(NO_INDEX);
            return position;
        }
        candidate.take("index");
        return (int) said.get().whole();
    }

    static List<Part> parts(ProtoFields candidate, PartReader reader) {
        List<Part> parts = new ArrayList<>();
        for (ProtoFields part : partFields(candidate)) {
            parts.add(reader.read(part));
        }
        return parts;
    }

    static List<ProtoFields> partFields(ProtoFields candidate) {
        Optional<ProtoFields> content = candidate.object("content");
        if (content.isEmpty()) {
            candidate.form(NO_CONTENT);
            return List.of();
        }
        if (content.get().peek("role").filter(role -> role.is("model")).isPresent()) {
            content.get().take("role");
        } else {
            content.get().form(NO_ROLE);
        }
        if (content.get().peek("parts").filter(Json::isEmpty).isPresent()) {
            content.get().take("parts");
            content.get().form(EMPTY_PARTS);
            return List.of();
        }
        return content.get().list("parts");
    }

    /** The candidate with its content, but for what is in its rest. */
    static JsonObject write(int index, List<JsonObject> parts, Spelling spelling) {
        JsonObject candidate = new JsonObject();
        if (!spelling.form(NO_CONTENT) || !parts.isEmpty()) {
            JsonObject content = candidate.object("content");
            if (!parts.isEmpty()) {
                spelling.list(content, "parts", parts);
            } else if (spelling.form(EMPTY_PARTS)) {
                content.put("parts", new JsonArray());
            }
            if (!spelling.form(NO_ROLE)) {
                content.put("role", "model");
            }
        }
        if (!spelling.form(NO_INDEX)) {
            candidate.put("index", index);
        }
        return candidate;
    }
}
